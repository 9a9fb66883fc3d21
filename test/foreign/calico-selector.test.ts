import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSelector } from '../../src/parse/calico/selector.ts';
import { selects } from '../../src/policy/match-labels.ts';
import { calicoAnswers } from '../dialects/calico-matches.ts';
import { describeWithCheckers } from '../dialects/run-checker.ts';

const value = fc.constantFrom('x', 'y', 'xy', 'yxy', '');
const key = fc.constantFrom('app', 'tier', 'in', 'app.kubernetes.io/name', 'has', 'not');
const space = fc.constantFrom('', ' ', '  ', '\t');
const quote = fc.constantFrom('"', "'");
const literal = fc.tuple(value, quote).map(([text, mark]) => mark + text + mark);

const comparison = fc
  .tuple(key, fc.constantFrom('==', '!=', ' contains ', ' starts with ', ' ends  with '), literal, space)
  .map(([left, sign, right, gap]) => `${left}${gap}${sign}${gap}${right}`);
const membership = fc
  .tuple(key, fc.constantFrom(' in ', ' not in ', ' not  in '), fc.array(literal, { maxLength: 3 }), space)
  .map(([left, sign, values, gap]) => `${left}${sign}{${gap}${values.join(`${gap},`)}${gap}}`);
const leaf = fc.oneof(
  comparison,
  membership,
  key.map((name) => `has(${name})`),
  fc.constantFrom('all()', 'global()', 'all( )'),
);

/** Selectors of the whole language. */
const selector = fc.letrec<{ any: string; one: string }>((tie) => ({
  any: fc
    .tuple(fc.array(tie('one'), { minLength: 1, maxLength: 3 }), fc.constantFrom('&&', ' || ', '|| '))
    .map(([parts, sign]) => parts.join(sign)),
  one: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('any').map((inner) => `(${inner})`),
    tie('one').map((inner) => `!${inner}`),
    tie('any').map((inner) => `! ( ${inner} )`),
  ),
})).any;

/** What is nearly a selector, and often none. */
const broken = fc
  .tuple(
    selector,
    fc.nat(60),
    fc.constantFrom('', '(', ')', '=', '&', '|', '!', "'", '"', '{', '}', ',', '*', 'é', '\n'),
  )
  .map(([text, at, extra]) => text.slice(0, at) + extra + text.slice(at + 1));

const labels = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });

describeWithCheckers("the reader of Calico's selectors, beside Calico's own", () => {
  for (const [name, texts] of [
    ['selects what Calico selects', selector],
    ['reads what Calico reads, and nothing else', fc.oneof(broken, selector)],
  ] as const) {
    it(name, () => {
      const questions = fc.sample(fc.record({ selector: texts, labels }), 20_000);
      const answers = calicoAnswers(questions);
      let selected = 0;
      for (const [at, { selector: text, labels: own }] of questions.entries()) {
        const answer = answers[at];
        const read = readSelector(text);
        if ('fault' in read) {
          if (read.fault === 'syntax') assert.ok(answer?.refusal !== undefined, `Calico reads ${JSON.stringify(text)}`);
          continue;
        }
        assert.equal(answer?.refusal, undefined, JSON.stringify(text));
        const isSelected = read.alternatives.some((one) => selects(one, own));
        assert.equal(isSelected, answer?.matches, JSON.stringify([text, own]));
        selected += isSelected ? 1 : 0;
      }
      assert.ok(selected > 3_000, `only ${selected} were selected`);
    });
  }
});

describe("the reader of Calico's selectors", () => {
  it('gives up on what is nested too deep, as on what is too long', () => {
    for (const text of [`${'('.repeat(2000)}all()${')'.repeat(2000)}`, `${'!'.repeat(4000)}all()`, '('.repeat(4000)]) {
      assert.deepEqual(readSelector(text), { fault: 'size' });
    }
  });
});
