import { CHOMPING_MODE, EVENT_ID, type Event, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** The block scalar that a text ends with, where it does not strip its last line break. */
export function lastBlockScalar(text: string): ScalarEvent | undefined {
  const scalar = eventsOf(text).findLast((event): event is ScalarEvent => event.type === EVENT_ID.SCALAR);
  const isBlock = scalar?.style === SCALAR_STYLE.LITERAL_BLOCK || scalar?.style === SCALAR_STYLE.FOLDED_BLOCK;
  return isBlock && scalar.chomping !== CHOMPING_MODE.STRIP ? scalar : undefined;
}

/** What cannot be parsed has no value to keep. */
function eventsOf(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth: 500 });
  } catch {
    return [];
  }
}
