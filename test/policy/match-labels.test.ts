import assert from 'node:assert/strict';
import type { LabelSelector } from '../../src/model/label-selector.ts';
import type { StringMap } from '../../src/model/resource.ts';
import { selects } from '../../src/policy/match-labels.ts';

describe('label selectors', () => {
  const inXY: LabelSelector = [{ key: 'app', operator: 'In', values: ['x', 'y'] }];
  const notInXY: LabelSelector = [{ key: 'app', operator: 'NotIn', values: ['x', 'y'] }];
  const exists: LabelSelector = [{ key: 'app', operator: 'Exists', values: [] }];
  const absent: LabelSelector = [{ key: 'app', operator: 'DoesNotExist', values: [] }];
  const table: readonly (readonly [string, LabelSelector, StringMap, boolean])[] = [
    ['the empty one selects everything', [], { app: 'x' }, true],
    ['the empty one selects what has no labels', [], {}, true],
    ['In takes one of its values', inXY, { app: 'y' }, true],
    ['In refuses another value', inXY, { app: 'z' }, false],
    ['In refuses an absent key', inXY, {}, false],
    ['In without values selects nothing', [{ key: 'app', operator: 'In', values: [] }], { app: 'x' }, false],
    ['In with an empty value wants the key', [{ key: 'app', operator: 'In', values: [''] }], {}, false],
    ['In with an empty value takes it', [{ key: 'app', operator: 'In', values: [''] }], { app: '' }, true],
    ['NotIn refuses one of its values', notInXY, { app: 'x' }, false],
    ['NotIn takes another value', notInXY, { app: 'z' }, true],
    ['NotIn takes an absent key', notInXY, {}, true],
    ['Exists takes any value', exists, { app: '' }, true],
    ['Exists refuses an absent key', exists, { tier: 'x' }, false],
    ['DoesNotExist refuses any value', absent, { app: '' }, false],
    ['DoesNotExist takes an absent key', absent, {}, true],
    ['all requirements must hold', [...inXY, { key: 'tier', operator: 'Exists', values: [] }], { app: 'x' }, false],
    ['a key of every prototype is not a label', [{ key: 'constructor', operator: 'Exists', values: [] }], {}, false],
    ['a label may be called so', [{ key: 'constructor', operator: 'In', values: ['x'] }], { constructor: 'x' }, true],
    ['nor is its absence hidden', [{ key: 'toString', operator: 'DoesNotExist', values: [] }], {}, true],
  ];
  for (const [name, selector, labels, want] of table) {
    it(name, () => assert.equal(selects(selector, labels), want));
  }
});
