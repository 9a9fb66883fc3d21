import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nearest } from '../../src/model/nearest.ts';

describe('nearest', () => {
  const names = ['checkout', 'cart', 'catalog', 'db'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['chekout', 'checkout'],
    ['CART', 'cart'],
    ['crat', 'cart'],
    ['catalogue', 'catalog'],
    ['dv', 'db'],
    ['payments', undefined],
    ['x', undefined],
    ['', undefined],
  ];
  for (const [name, expected] of cases) {
    it(`${JSON.stringify(name)}: ${expected}`, () => assert.equal(nearest(name, names), expected));
  }

  it('prefers the same letters in another case', () => assert.equal(nearest('Carts', ['cart', 'carts']), 'carts'));

  it('never suggests the name itself', () => assert.equal(nearest('web', ['web']), undefined));

  it('does not depend on the order of the candidates', () => {
    const words = fc.array(fc.stringMatching(/^[ab]{1,4}$/), { maxLength: 6 });
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{1,4}$/), words, (name, candidates) => {
        assert.equal(nearest(name, candidates), nearest(name, candidates.toReversed()));
      }),
    );
  });

  it('does not compare texts that nobody typed', () =>
    assert.equal(nearest('a'.repeat(1000), ['a'.repeat(1001)]), undefined));
});
