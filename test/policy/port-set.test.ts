import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type PortRange, type PortSet, PROTOCOLS } from '../../src/model/port.ts';
import {
  covers,
  hasPort,
  intersect,
  isEmpty,
  meets,
  portSet,
  subtract,
  union,
  unionAll,
} from '../../src/policy/port-set.ts';

const tcp = (port: number, endPort = port): PortRange => ({ protocol: 'TCP', port, endPort });
const udp = (port: number, endPort = port): PortRange => ({ protocol: 'UDP', port, endPort });

describe('port sets', () => {
  describe('are written in one form', () => {
    const table: readonly (readonly [string, readonly PortRange[], readonly PortRange[]])[] = [
      ['nothing', [], []],
      ['sorted by protocol, then port', [udp(53), tcp(443), tcp(80)], [tcp(80), tcp(443), udp(53)]],
      ['without repetition', [tcp(80), tcp(80)], [tcp(80)]],
      ['neighbours joined', [tcp(81), tcp(80)], [tcp(80, 81)]],
      ['overlaps joined', [tcp(80, 90), tcp(85, 100)], [tcp(80, 100)]],
      ['a range inside another swallowed', [tcp(1, 100), tcp(50)], [tcp(1, 100)]],
      ['protocols apart', [tcp(53), udp(53)], [tcp(53), udp(53)]],
    ];
    for (const [name, given, want] of table) {
      it(name, () => assert.deepEqual(portSet(given), want));
    }
  });

  it('`all` is more than every port of every protocol', () => {
    const everyPort = PROTOCOLS.map((protocol) => ({ protocol, port: 1, endPort: 65535 }));
    assert.equal(covers('all', everyPort), true);
    assert.equal(covers(everyPort, 'all'), false);
    assert.equal(covers('all', 'all'), true);
  });

  it('`all` absorbs in a union and is neutral in an intersection', () => {
    assert.equal(union('all', [tcp(80)]), 'all');
    assert.deepEqual(intersect('all', [tcp(80)]), [tcp(80)]);
    assert.deepEqual(intersect([tcp(80)], 'all'), [tcp(80)]);
  });

  it('`all` without some ports is said in ports', () => {
    const rest = [tcp(1, 79), tcp(81, 65535), udp(1, 65535), { protocol: 'SCTP', port: 1, endPort: 65535 }];
    assert.deepEqual(subtract('all', [tcp(80)]), rest);
    assert.equal(subtract('all', []), 'all');
    assert.deepEqual(subtract('all', 'all'), []);
  });

  it('the union of no sets is empty', () => {
    assert.deepEqual(unionAll([]), []);
    assert.equal(isEmpty([]), true);
    assert.equal(isEmpty('all'), false);
  });
});

describe('the algebra of port sets agrees with membership', () => {
  const range = fc
    .record({ protocol: fc.constantFrom(...PROTOCOLS), ends: fc.tuple(port(), port()) })
    .map(({ protocol, ends: [a, b] }): PortRange => ({ protocol, port: Math.min(a, b), endPort: Math.max(a, b) }));
  const set: fc.Arbitrary<PortSet> = fc.oneof(
    { arbitrary: fc.array(range, { maxLength: 6 }).map(portSet), weight: 9 },
    { arbitrary: fc.constant<PortSet>('all'), weight: 1 },
  );
  const member = fc.record({ protocol: fc.constantFrom(...PROTOCOLS), port: port() });

  it('union, intersection and difference', () => {
    fc.assert(
      fc.property(set, set, member, (a, b, { protocol, port: number }) => {
        const [inA, inB] = [hasPort(a, protocol, number), hasPort(b, protocol, number)];
        assert.equal(hasPort(union(a, b), protocol, number), inA || inB);
        assert.equal(hasPort(intersect(a, b), protocol, number), inA && inB);
        assert.equal(hasPort(subtract(a, b), protocol, number), inA && !inB);
      }),
      { numRuns: 500 },
    );
  });

  it('covers', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        assert.equal(covers(union(a, b), a), true);
        assert.equal(covers(a, intersect(a, b)), true);
        assert.equal(covers(a, b), b === 'all' ? a === 'all' : isEmpty(subtract(b, a)));
      }),
    );
  });

  it('every answer is in the one form', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        for (const answer of [union(a, b), intersect(a, b), subtract(a, b)]) {
          assert.deepEqual(answer, answer === 'all' ? 'all' : portSet(answer));
        }
        assert.deepEqual(union(a, b), union(b, a));
        assert.deepEqual(intersect(a, b), intersect(b, a));
        assert.equal(meets(a, b), !isEmpty(intersect(a, b)));
      }),
    );
  });
});

/** Crowded, so that ranges meet, and with both ends of the scale. */
function port(): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 65530, max: 65535 }));
}
