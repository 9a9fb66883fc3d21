const SMALLEST = 0.12;
const LARGEST = 2.5;
const STEP = 1.25;

/** The buttons in the corner cover this much. */
const BELOW = 56;

/** A sheet that is seen through a port, larger or smaller than it is. */
export interface Zoom {
  /** Says how large the sheet is. */
  readonly resize: (size: { readonly width: number; readonly height: number }) => void;
  readonly fit: () => void;
  /** Makes the sheet so large at least that its words can be read. */
  readonly atLeast: (scale: number) => void;
  /** Does what a key asks for; false where it asks for nothing. */
  readonly press: (key: string) => boolean;
}

/** Lets a reader zoom and drag what is on `stage`. */
export function enableZoom(port: HTMLElement, stage: HTMLElement): Zoom {
  let scale = 1;
  let extent = { width: 1, height: 1 };
  const rescale = (to: number): void => {
    scale = Math.min(LARGEST, Math.max(SMALLEST, to));
    stage.style.width = `${extent.width * scale}px`;
    stage.style.height = `${extent.height * scale}px`;
    stage.style.setProperty('--scale', `${scale}`);
  };
  const fit = (): void => {
    const height = port.clientHeight - BELOW;
    rescale(Math.min(1, port.clientWidth / extent.width, height / extent.height));
  };
  const zoom = (factor: number, x = port.clientWidth / 2, y = port.clientHeight / 2): void => {
    const before = scale;
    rescale(scale * factor);
    port.scrollLeft = ((port.scrollLeft + x) * scale) / before - x;
    port.scrollTop = ((port.scrollTop + y) * scale) / before - y;
  };
  const acts = new Map<string, () => void>([
    ['+', () => zoom(STEP)],
    ['=', () => zoom(STEP)],
    ['-', () => zoom(1 / STEP)],
    ['0', fit],
  ]);
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = port.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
  };
  port.addEventListener('wheel', wheel, { passive: false });
  enableDrag(port);
  const press = (key: string): boolean => {
    acts.get(key)?.();
    return acts.has(key);
  };
  const resize = ({ width, height }: { readonly width: number; readonly height: number }): void => {
    extent = { width, height };
    rescale(scale);
  };
  const atLeast = (least: number): void => rescale(Math.max(scale, least));
  return { resize, fit, atLeast, press };
}

/** The ground can be dragged with a mouse; touch scrolls by itself. */
function enableDrag(port: HTMLElement): void {
  let last: { readonly x: number; readonly y: number } | undefined;
  port.addEventListener('pointerdown', (event) => {
    const isGround = event.target instanceof Element && event.target.closest('button') === null;
    if (event.pointerType !== 'mouse' || event.button !== 0 || !isGround) return;
    last = { x: event.clientX, y: event.clientY };
    port.setPointerCapture(event.pointerId);
  });
  port.addEventListener('pointermove', (event) => {
    if (last === undefined) return;
    port.scrollLeft -= event.clientX - last.x;
    port.scrollTop -= event.clientY - last.y;
    last = { x: event.clientX, y: event.clientY };
  });
  const drop = (): void => {
    last = undefined;
  };
  port.addEventListener('pointerup', drop);
  port.addEventListener('pointercancel', drop);
}
