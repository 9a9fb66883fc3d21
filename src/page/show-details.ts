import { portsLabel, titleOf } from '../emit/graph/outline.ts';
import type { BlockedLine, GraphNode, GraphPolicy, GraphView } from '../model/graph-view.ts';
import type { PortSet } from '../model/port.ts';
import { connectionsOf } from './connections-of.ts';
import { button, byId, type Child, element } from './element.ts';
import type { Store } from './state.ts';
import { noteOf } from './visible-picture.ts';
import { type EndWords, whyOpen } from './why.ts';

/** Shows what is known of the selected node or box. `open` selects another node. */
export function showDetails(view: GraphView, store: Store, open: (node: number) => void): void {
  const panel = byId('details');
  const body = byId('details-body');
  const show = (selected: string | undefined): void => {
    panel.hidden = selected === undefined;
    if (selected === undefined) return;
    const at = Number(selected.slice(1));
    const node = view.nodes[at];
    const box = view.boxes[at];
    if (selected.startsWith('n') && node !== undefined) body.replaceChildren(...tellNode(view, at, node, open));
    else if (box !== undefined) body.replaceChildren(...tellBox(view, at, store, open));
    panel.scrollTop = 0;
    byId('details-title').focus();
  };
  byId('close').addEventListener('click', () => store.set({ selected: undefined }));
  store.listen((now, before) => {
    if (now.selected !== before.selected) show(now.selected);
  });
}

type Open = (node: number) => void;

function tellNode(view: GraphView, at: number, node: GraphNode, open: Open): readonly HTMLElement[] {
  const place = [node.object ?? '', node.place].filter(Boolean).join(', ');
  const head = [
    heading(node.name),
    element('p', { class: 'muted' }, [noteOf(node), place].filter(Boolean).join(' · ')),
  ];
  if (node.kind === 'set') return [...head, ...tellSet(view, at, node, open)];
  const { out, in: into } = connectionsOf(view, at);
  const blocked = view.blocked.filter(({ from, to }) => from === at || to === at);
  return [
    ...head,
    ...section(
      'Declared, and blocked',
      'blocked',
      blocked.map((line) => tellBlocked(view, line, at, open)),
    ),
    ...section(
      `Reaches ${count(out.length, node, 'Egress')}`,
      'out',
      out.map(({ other, ports }) => tellConnection(view, { from: at, to: other, other, ports }, open)),
      freedom(node, 'Egress'),
    ),
    ...section(
      `Is reached by ${count(into.length, node, 'Ingress')}`,
      'in',
      into.map(({ other, ports }) => tellConnection(view, { from: other, to: at, other, ports }, open)),
      freedom(node, 'Ingress'),
    ),
    ...tellPolicies(view, node),
  ];
}

function heading(name: string): HTMLElement {
  return element('h2', { id: 'details-title', tabindex: '-1' }, name);
}

function count(number: number, { kind, isolated }: GraphNode, direction: 'Ingress' | 'Egress'): string {
  const listed = number === 0 ? 'nothing' : `${number}`;
  if (kind !== 'workload' || isolated.includes(direction)) return listed;
  return number === 0 ? 'what is not isolated' : `${number}, and what is not isolated`;
}

/** What is not listed. */
function freedom({ kind, isolated }: GraphNode, direction: 'Ingress' | 'Egress'): string | undefined {
  const way = direction === 'Egress' ? 'It reaches' : 'It is reached by';
  if (kind === 'addresses' || kind === 'named') return undefined;
  if (kind === 'host') return `No policy binds pods on the network of their node. ${way} whatever lets it in.`;
  if (isolated.includes(direction)) return undefined;
  const rest = direction === 'Egress' ? 'all that is not isolated for ingress' : 'all that is not isolated for egress';
  return `No policy isolates it for ${direction.toLowerCase()}: ${way.toLowerCase()} ${rest} too.`;
}

function section(title: string, name: string, rows: readonly HTMLElement[], note?: string): readonly HTMLElement[] {
  if (rows.length === 0 && note === undefined && name === 'blocked') return [];
  return [
    element(
      'section',
      { class: `part ${name}` },
      element('h3', {}, title),
      note === undefined ? undefined : element('p', { class: 'warn' }, note),
      rows,
    ),
  ];
}

interface Shown {
  readonly from: number;
  readonly to: number;
  /** The end that is not the selected one. */
  readonly other: number;
  readonly ports: PortSet;
}

/** One connection; why it is open is worked out when somebody asks. */
function tellConnection(view: GraphView, { from, to, other, ports }: Shown, open: Open): HTMLElement {
  const name = view.nodes[other]?.name ?? '';
  const made = element(
    'details',
    { class: 'connection' },
    element(
      'summary',
      {},
      element('span', { class: 'peer' }, name),
      element('span', { class: 'chip' }, portsLabel(ports)),
    ),
  );
  made.dataset['pair'] = `${from} ${to}`;
  made.addEventListener(
    'toggle',
    () => {
      if (made.childElementCount > 1) return;
      made.append(
        element(
          'div',
          { class: 'why' },
          whyOpen(view, from, to, ports).map(tellEnd),
          showButton(name, () => open(other)),
        ),
      );
    },
    { once: true },
  );
  return made;
}

function showButton(name: string, press: () => void): HTMLElement {
  return button({ class: 'link' }, press, `Show ${name}`);
}

function tellEnd({ direction, node, free, isolatedBy, rules }: EndWords): HTMLElement {
  const name = node.object ?? node.name;
  const head = `${direction} of ${name}: open`;
  if (free !== undefined) return element('p', {}, `${head}, since ${free}.`);
  return element(
    'div',
    { class: 'end' },
    element('p', {}, `${head}, isolated by ${isolatedBy.map(({ name: policy }) => policy).join(', ')}. Allowed by:`),
    element(
      'ul',
      {},
      rules.map(({ policy, rule, origins }) =>
        element(
          'li',
          {},
          element('span', { class: 'rule' }, `${policy.name}, ${rule.called}`),
          `: ${direction === 'Egress' ? 'to' : 'from'} ${rule.peers.join(' or ')}, on ${rule.written}`,
          origins.map((origin) => element('span', { class: 'origin' }, `as ${origin} says`)),
        ),
      ),
    ),
  );
}

function tellBlocked(view: GraphView, line: BlockedLine, at: number, open: Open): HTMLElement {
  const { from, to, ports, because, closed, advice } = line;
  const other = from === at ? to : from;
  const name = view.nodes[other]?.name ?? '';
  const way = from === at ? 'to' : 'from';
  return element(
    'div',
    { class: 'refusal' },
    element(
      'p',
      {},
      element('strong', {}, `✕ ${way} ${name}`),
      ' ',
      element('span', { class: 'chip' }, portsLabel(ports)),
    ),
    because.map((line) => element('p', {}, `declared by ${line}`)),
    closed.map((direction, index) =>
      element(
        'p',
        {},
        `${direction} of ${view.nodes[direction === 'Egress' ? from : to]?.name ?? ''} is closed. To open it: ${advice[index] ?? ''}.`,
      ),
    ),
    showButton(name, () => open(other)),
  );
}

function tellPolicies({ policies }: GraphView, { bound }: GraphNode): readonly HTMLElement[] {
  const own = [...new Set([...bound.Ingress, ...bound.Egress])].flatMap((at) => policies[at] ?? []);
  if (own.length === 0) return [];
  return [
    element('section', { class: 'part policies' }, element('h3', {}, `Policies ${own.length}`), own.map(tellPolicy)),
  ];
}

function tellPolicy({ name, place, says, rules }: GraphPolicy): HTMLElement {
  const lines = (['Ingress', 'Egress'] as const).flatMap((direction): readonly Child[] => {
    const own = rules[direction];
    if (own === undefined) return [];
    if (own.length === 0) return [element('li', {}, `${direction}: nothing`)];
    return own.map(({ peers, written }, position) => {
      const way = direction === 'Egress' ? 'to' : 'from';
      return element(
        'li',
        {},
        `${direction.toLowerCase()} rule ${position + 1}: ${way} ${peers.join(' or ')}, on ${written}`,
      );
    });
  });
  return element(
    'details',
    { class: 'policy' },
    element('summary', {}, element('span', { class: 'peer' }, name)),
    element(
      'div',
      { class: 'why' },
      place === '' ? undefined : element('p', { class: 'muted' }, place),
      element('ul', {}, lines),
      says.length === 0 ? undefined : element('p', {}, 'It came from:'),
      says.length === 0
        ? undefined
        : element(
            'ul',
            {},
            says.map((line) => element('li', {}, line)),
          ),
    ),
  );
}

function tellSet(view: GraphView, at: number, { members }: GraphNode, open: Open): readonly HTMLElement[] {
  const rows = (way: 'from' | 'to'): readonly HTMLElement[] =>
    view.lines.flatMap((line) => {
      if (line[way] !== at) return [];
      const other = way === 'from' ? line.to : line.from;
      return [row(view, other, open, portsLabel(line.ports))];
    });
  return [
    element('p', {}, 'One line of it stands for a line of each of these.'),
    ...section('Each reaches', 'out', rows('from')),
    ...section('Each is reached by', 'in', rows('to')),
    ...section(
      `It stands for ${members.length}`,
      'members',
      members.map((member) => row(view, member, open)),
    ),
  ];
}

function row(view: GraphView, node: number, open: Open, chip?: string): HTMLElement {
  return element(
    'p',
    { class: 'row' },
    button({ class: 'link' }, () => open(node), view.nodes[node]?.name ?? ''),
    chip === undefined ? undefined : element('span', { class: 'chip' }, chip),
  );
}

function tellBox(view: GraphView, at: number, store: Store, open: Open): readonly HTMLElement[] {
  const box = view.boxes[at];
  const own = view.nodes.flatMap((node, position) => (node.box === at && node.kind !== 'set' ? [position] : []));
  const near = new Set([at]);
  for (const { from, to } of [...view.lines, ...view.blocked]) {
    const [source, target] = [view.nodes[from]?.box ?? -1, view.nodes[to]?.box ?? -1];
    if (source === at) near.add(target);
    if (target === at) near.add(source);
  }
  const others = new Set([...view.boxes.keys()].filter((other) => !near.has(other)));
  const isOpen = store.get().expanded.has(at);
  return [
    heading(box === undefined ? '' : titleOf(box)),
    element('p', { class: 'muted' }, `${own.length} in it`),
    element(
      'p',
      { class: 'acts' },
      isOpen
        ? undefined
        : button(
            {},
            () => store.set({ expanded: new Set([...store.get().expanded, at]), selected: undefined }),
            'Unfold',
          ),
      button({}, () => store.set({ hidden: others, expanded: near }), 'Show it with its neighbours alone'),
    ),
    ...section(
      'In it',
      'members',
      own.map((node) => row(view, node, open)),
    ),
  ];
}
