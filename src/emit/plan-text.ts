import type { NamespacePlan, Plan, PlanItem, PlanNote, PlannedObject } from '../model/plan.ts';
import type { Resource } from '../model/resource.ts';

/** A plan for people to read in a terminal. */
export function printPlanText({ namespaces }: Plan): string {
  if (namespaces.length === 0) return 'Nothing is left to close here, and nothing to write.\n';
  const many = namespaces.length > 1;
  const heading = [
    'What "isolate: both" would close, and what to write so that the traffic that these manifests reveal goes on.',
    many
      ? `${namespaces.length} namespaces, the easiest first. Each can be closed by itself: apply its annotations together.`
      : 'Apply the annotations together.',
  ];
  const printed = namespaces.map((one, index) => printNamespace(one, many ? `${index + 1}. ` : ''));
  return `${[...heading, ...printed].join('\n')}\n`;
}

function printNamespace(plan: NamespacePlan, number: string): string {
  const { kept, maybe, unknown } = plan;
  const written = adviseOnce(plan.objects).flatMap(objectLines);
  return [
    '',
    `${number}${namespaceName(plan.name)}: ${count(plan.closes.length, 'workload')} to close, ${connectionsOf(plan)}`,
    ...closesLines(plan),
    ...(written.length === 0 ? [] : ['', '   write', ...written]),
    ...section(
      'not sure, so written nowhere',
      maybe.flatMap(({ on, key, ...item }) => [`${on} ${key}:`, ...itemLines(item)]),
    ),
    ...section('kept without a new word', kept.map(noteLine)),
    ...section('cannot be told from here', unknown.map(noteLine)),
  ].join('\n');
}

function namespaceName(name: string): string {
  return name === '' ? 'The namespace that is not written (--namespace gives it a name)' : `Namespace ${name}`;
}

function connectionsOf({ connections, crossings }: NamespacePlan): string {
  const all = count(connections, 'connection');
  if (connections === 0) return 'no connection found';
  return crossings === 0 ? `${all}, none of them with others` : `${all}, ${crossings} of them with others`;
}

function closesLines({ closes, hasObject }: NamespacePlan): string[] {
  const byDirections = new Map<string, string[]>();
  for (const { resource, directions } of closes) {
    const key = directions.map((direction) => direction.toLowerCase()).join(' and ');
    byDirections.set(key, [...(byDirections.get(key) ?? []), kindAndPods(resource)]);
  }
  const lines = [...byDirections].flatMap(([key, names]) => wrap(`   closes ${key} of `, names));
  return hasObject
    ? lines
    : [...lines, '   no Namespace object is here: the patches say "isolate: both" on each workload'];
}

/** That every workload of a namespace without its object is closed stands above. */
function objectLines({ resource, annotations }: PlannedObject): string[] {
  const shown = annotations.filter(({ items }) => resource.kind === 'Namespace' || items.length > 0);
  if (shown.length === 0) return [];
  const lines = shown.flatMap(({ key, value, items }) => [
    `       ${key}: ${quote(items.length === 0 ? value : items.map(({ text }) => text).join(', '))}`,
    ...items.flatMap(itemLines).map((line) => `         ${line}`),
  ]);
  return [`     ${shortName(resource)}`, ...lines];
}

/** As YAML wants it, for those who copy it. */
function quote(value: string): string {
  return /^[*&]/.test(value) ? `"${value}"` : value;
}

function itemLines({ text, what, sureness, seen, advice }: PlanItem): string[] {
  const who = what === '' || what === text ? '' : ` (${what})`;
  const [first = '', ...more] = seen;
  const shown = more.slice(0, SHOWN - 1);
  const rest = more.length - shown.length;
  return [
    `# ${text}${who}, ${sureness}: ${first}`,
    ...shown.map((place) => `#   ${place}`),
    ...(rest > 0 ? [`#   and ${rest} more`] : []),
    ...(advice === undefined ? [] : [`#   ${advice}`]),
  ];
}

/** The same advice goes for many items. */
function adviseOnce(objects: readonly PlannedObject[]): PlannedObject[] {
  const given = new Set<string>();
  const once = (item: PlanItem): PlanItem => {
    if (item.advice === undefined) return item;
    const isGiven = given.has(item.advice);
    given.add(item.advice);
    return isGiven ? { ...item, advice: undefined } : item;
  };
  return objects.map(({ resource, annotations }) => ({
    resource,
    annotations: annotations.map((annotation) => ({ ...annotation, items: annotation.items.map(once) })),
  }));
}

/** How many places of one item are shown. */
const SHOWN = 3;

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `   ${title}`, ...lines.map((line) => `     ${line}`)];
}

function noteLine({ what, why }: PlanNote): string {
  return `${what}: ${why}`;
}

/** `Deployment web`: the namespace stands above. */
function shortName({ kind, name }: Resource): string {
  return `${kind} ${name}`;
}

/** A Service is closed in its pods. */
function kindAndPods(resource: Resource): string {
  return `${resource.kind === 'Service' ? 'the pods of ' : ''}${shortName(resource)}`;
}

const WIDTH = 110;

/** Names after a heading, on as many lines as they take. */
function wrap(head: string, names: readonly string[]): string[] {
  const lines: string[] = [];
  let line = head;
  names.forEach((name, index) => {
    const word = index === names.length - 1 ? name : `${name}, `;
    if (line.length + word.length > WIDTH && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = ' '.repeat(head.length);
    }
    line += word;
  });
  return [...lines, line];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
