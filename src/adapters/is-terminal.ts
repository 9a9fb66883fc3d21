import { fstatSync } from 'node:fs';

/** Whether a descriptor is a terminal. `node:tty` brings the network with it, so it is loaded only for a device. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}
