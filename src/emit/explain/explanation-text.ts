import type { Answer, EndAnswer, Explanation, Outcome, PolicyWord, RuleWord } from '../../model/explanation.ts';
import type { PortSet } from '../../model/port.ts';
import { portText } from '../port-text.ts';
import { peerText, writtenPortsText } from '../rule-text.ts';
import { visible } from '../visible.ts';

/** More answers are counted, and only what they say in one line is shown. */
const MOST_TOLD = 6;

/** More rules that do not decide are counted. */
const MOST_RULES = 3;

const HINT = 'Ask about one of them to see why.';

const COLOURS: Readonly<Record<Outcome, number>> = { allowed: 32, denied: 31, partly: 33 };

type Paint = (code: number, text: string) => string;

/** An explanation for people. Ends with a newline. */
export function printExplanation({ source, destination, outcome, answers }: Explanation, isColoured: boolean): string {
  const paint: Paint = (code, text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const parts =
    answers.length > MOST_TOLD
      ? [answers.map((one) => answerLine(one, paint)), [HINT]]
      : answers.map((one) => tellAnswer(one, paint));
  const [only] = answers;
  const isOne = answers.length === 1 && only?.sources.join() === source && only.destinations.join() === destination;
  const head = `${source} -> ${destination}: ${SUMMARIES[outcome]}`;
  const summary = isOne ? [] : [[paint(1, head)]];
  return `${[...summary, ...parts].map((lines) => lines.map(visible).map(restoreColours).join('\n')).join('\n\n')}\n`;
}

const SUMMARIES: Readonly<Record<Outcome, string>> = {
  allowed: 'allowed, all of it',
  denied: 'denied, all of it',
  partly: 'partly allowed',
};

/** The colours are ours; `visible` has written them out with what the input may have smuggled in. */
function restoreColours(line: string): string {
  return line.replace(/\\u\{1b\}\[(0|1|2|3[0-9])m/g, '\u001b[$1m');
}

function tellAnswer(answer: Answer, paint: Paint): readonly string[] {
  return [
    answerLine(answer, paint),
    ...tellEnd(answer.egress, answer, paint),
    ...tellEnd(answer.ingress, answer, paint),
  ];
}

/** `shop/web -> data/postgresql on 5432: allowed`. */
function answerLine({ sources, destinations, asked, open, outcome }: Answer, paint: Paint): string {
  const ports = asked === undefined ? '' : ` on ${portsText(asked)}`;
  const what = {
    allowed: asked === undefined ? `allowed on ${portsText(open)}` : 'allowed',
    denied: 'denied',
    partly: `allowed on ${portsText(open)} only`,
  };
  const line = `${sources.join(', ')} -> ${destinations.join(', ')}${ports}: `;
  return paint(1, line) + paint(COLOURS[outcome], what[outcome]);
}

function portsText(ports: PortSet): string {
  return ports === 'all' ? 'every port' : portText(ports);
}

function tellEnd(end: EndAnswer, { sources, destinations, asked }: Answer, paint: Paint): readonly string[] {
  const isEgress = end.direction === 'Egress';
  const names = (isEgress ? sources : destinations).join(', ');
  const place = end.place === '' ? '' : ` (${end.place})`;
  const head = `  ${end.direction} of ${end.object ?? names}${place}: `;
  if (end.free !== undefined) return [`${head}${paint(32, 'open')}, ${FREEDOMS[end.free](isEgress)}`];
  const other = (isEgress ? destinations : sources).join(', ');
  const deciding = end.rules.filter(({ decides }) => decides);
  const others = end.rules.filter(({ decides }) => !decides);
  const lines = [
    `${head}${paint(COLOURS[end.outcome], WORDS[end.outcome])}`,
    ...listPolicies(end.isolatedBy),
    ...deciding.flatMap((rule) => ruleLines(DECIDED[rule.action], rule, end)),
    ...others.slice(0, MOST_RULES).flatMap((rule) => ruleLines('not by', rule, end)),
    ...(others.length > MOST_RULES ? [`${field('')}and ${others.length - MOST_RULES} more rules for other ports`] : []),
    ...(end.outcome === 'allowed' || deciding.length > 0 || others.length > 0
      ? []
      : [
          `${field('no rule')}${isEgress ? 'lets it out to' : 'lets in'} ${other}${asked === undefined ? '' : ', on any port'}`,
        ]),
  ];
  return end.advice === undefined ? lines : [...lines, `${field('to open it')}${end.advice}`];
}

const WORDS: Readonly<Record<Outcome, string>> = { allowed: 'open', denied: 'closed', partly: 'open in part' };

const FREEDOMS: Readonly<Record<NonNullable<EndAnswer['free']>, (isEgress: boolean) => string>> = {
  'no-policy': (isEgress) => `since no policy isolates it for ${isEgress ? 'egress' : 'ingress'}`,
  address: () => 'since policies bind pods only',
  'host-network': () => 'since no policy binds pods on the network of their node',
};

function field(name: string): string {
  return `    ${name.padEnd(12)}`;
}

function listPolicies(policies: readonly PolicyWord[]): readonly string[] {
  return policies.map((policy, index) => `${field(index === 0 ? 'isolated by' : '')}${policyText(policy)}`);
}

function policyText({ kind, name, place }: PolicyWord): string {
  return `${kind} ${name}${place === '' ? '' : ` (${place})`}`;
}

const DECIDED: Readonly<Record<RuleWord['action'], string>> = {
  allow: 'allowed by',
  deny: 'denied by',
  pass: 'passed by',
};

/** Named ports are written with the numbers that they have at the destination. */
function ruleLines(
  label: string,
  { policy, place, peers, written, ports, only, origins }: RuleWord,
  { direction }: EndAnswer,
): readonly string[] {
  const names = writtenPortsText(written);
  const hasNames = written !== 'all' && written.some((match) => 'name' in match);
  const numbers = ports === 'all' || ports.length > 0 ? `${portsText(ports)} there` : 'which it does not have';
  const on = hasNames ? `${names} (${numbers})` : names;
  const way = direction === 'Egress' ? 'to' : 'from';
  const kind = policy.kind === 'NetworkPolicy' ? '' : `${policy.kind} `;
  const line = `${kind}${policy.name}, ${place}: ${way} ${peers.map(peerText).join(' or ')}, on ${on}`;
  const inside = only.map((words) => `${field('')}only ${words}`);
  return [`${field(label)}${line}`, ...inside, ...origins.map((origin) => `${field('')}as ${origin} says`)];
}
