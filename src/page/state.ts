/** What a reader chose. Every change makes a new one. */
export interface State {
  /** `n3` or `b1`: a node or a box, whose details are open. */
  readonly selected: string | undefined;
  readonly search: string;
  /** Boxes that are filtered out. */
  readonly hidden: ReadonlySet<number>;
  /** Boxes whose nodes are drawn. */
  readonly expanded: ReadonlySet<number>;
  readonly view: 'picture' | 'table';
}

/** Keeps a state, and tells everybody who shows it. */
export interface Store {
  readonly get: () => State;
  readonly set: (change: Partial<State>) => void;
  readonly listen: (show: (now: State, before: State) => void) => void;
}

/** Starts with a state. */
export function createStore(first: State): Store {
  let state = first;
  const listeners: ((now: State, before: State) => void)[] = [];
  return {
    get: () => state,
    set: (change) => {
      const before = state;
      state = { ...state, ...change };
      for (const show of listeners) show(state, before);
    },
    listen: (show) => void listeners.push(show),
  };
}
