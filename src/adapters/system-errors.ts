const WAIT_MILLISECONDS = 5;

/** The code of a system error: 'EPIPE', 'ENOENT'. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Waits a little, after EAGAIN: a pipe that does not block is empty, or full. */
export function waitForPipe(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MILLISECONDS);
}
