import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { contains, containsRange, type IpRange, parseIpAddress, parseIpRange } from '../../src/policy/ip-range.ts';

describe('address ranges', () => {
  describe('are read as Go reads them', () => {
    const table: Readonly<Record<string, string | undefined>> = {
      '10.0.0.0/8': '10.0.0.0/8',
      '10.1.2.3/8': '10.0.0.0/8',
      '10.1.2.3/32': '10.1.2.3/32',
      '0.0.0.0/0': '0.0.0.0/0',
      '10.0.0.0/08': '10.0.0.0/8',
      '2001:db8::/32': '32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.0/32',
      '2001:DB8::1/32': '32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.0/32',
      '::/0': '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0/0',
      '::ffff:10.0.0.1/104': '10.0.0.0/8',
      '::ffff:0:0/96': '0.0.0.0/0',
      '::ffff:0:0/95': '0.0.0.0.0.0.0.0.0.0.255.254.0.0.0.0/95',
      '::10.0.0.1/128': '0.0.0.0.0.0.0.0.0.0.0.0.10.0.0.1/128',
      '1:2:3:4:5:6:7::/112': '0.1.0.2.0.3.0.4.0.5.0.6.0.7.0.0/112',
      '': undefined,
      '10.0.0.0': undefined,
      '/8': undefined,
      '10.0.0.0/': undefined,
      '10.0.0.0/33': undefined,
      '10.0.0.0/-1': undefined,
      '10.0.0.0/+8': undefined,
      '10.0.0.0/8/8': undefined,
      ' 10.0.0.0/8': undefined,
      '10.0.0.0/8\n': undefined,
      '10.0.0.0/255.0.0.0': undefined,
      '010.0.0.0/8': undefined,
      '10.00.0.0/8': undefined,
      '0x0a.0.0.0/8': undefined,
      '10.0/8': undefined,
      '10/8': undefined,
      '167772160/8': undefined,
      '256.0.0.0/8': undefined,
      '2001:db8::/129': undefined,
      '2001:db8/32': undefined,
      '2001:00db8::/32': undefined,
      '1:2:3:4:5:6:7:8::/64': undefined,
      '1::2::3/64': undefined,
      ':::/64': undefined,
      'fe80::1%eth0/64': undefined,
      '::ffff:010.0.0.1/104': undefined,
      '[::]/0': undefined,
      'example.com/8': undefined,
    };
    for (const [text, want] of Object.entries(table)) {
      it(JSON.stringify(text), () => assert.equal(print(parseIpRange(text)), want));
    }
  });

  it('are of what Node takes for an address too', () => {
    const part = fc.oneof(fc.integer({ min: -2, max: 300 }).map(String), fc.constantFrom('', '0x1', '01', '1e1', ' 1'));
    const quad = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
    const group = fc.oneof(
      fc.integer({ min: 0, max: 0x1ffff }).map((value) => value.toString(16)),
      fc.constant(''),
    );
    const groups = fc.array(group, { minLength: 2, maxLength: 9 }).map((parts) => parts.join(':'));
    const mixed = fc.tuple(groups, quad).map(([head, tail]) => `${head}:${tail}`);
    const text = fc.oneof(quad, fc.ipV4(), groups, fc.ipV6(), mixed);
    const property = fc.property(text, (address) =>
      assert.equal(parseIpAddress(address) !== undefined, isIP(address) > 0),
    );
    fc.assert(property, { numRuns: 2000 });
  });

  it('addresses have no length and no zone', () => {
    assert.deepEqual(parseIpAddress('10.0.0.1'), { family: 'IPv4', bytes: [10, 0, 0, 1] });
    assert.deepEqual(parseIpAddress('::ffff:10.0.0.1'), { family: 'IPv4', bytes: [10, 0, 0, 1] });
    for (const text of ['10.0.0.1/32', 'fe80::1%eth0', '10.1', '']) assert.equal(parseIpAddress(text), undefined);
  });

  describe('contain addresses', () => {
    const table: readonly (readonly [string, string, boolean])[] = [
      ['10.0.0.0/8', '10.255.0.1', true],
      ['10.0.0.0/8', '11.0.0.1', false],
      ['10.0.0.4/30', '10.0.0.7', true],
      ['10.0.0.4/30', '10.0.0.8', false],
      ['0.0.0.0/0', '255.255.255.255', true],
      ['0.0.0.0/0', '2001:db8::1', false],
      ['::/0', '2001:db8::1', true],
      ['::/0', '10.0.0.1', false],
      ['::/0', '::ffff:10.0.0.1', false],
      ['10.0.0.0/8', '::ffff:10.0.0.1', true],
      ['::ffff:10.0.0.0/104', '10.0.0.1', true],
      ['2001:db8::/33', '2001:db8:7fff::1', true],
      ['2001:db8::/33', '2001:db8:8000::1', false],
    ];
    for (const [range, address, want] of table) {
      it(`${range} ${want ? 'has' : 'lacks'} ${address}`, () => {
        assert.equal(contains(rangeOf(range), parseIpAddress(address) ?? assert.fail()), want);
      });
    }
  });

  describe('contain ranges', () => {
    const table: readonly (readonly [string, string, boolean])[] = [
      ['10.0.0.0/8', '10.1.0.0/16', true],
      ['10.0.0.0/8', '10.0.0.0/8', true],
      ['10.1.0.0/16', '10.0.0.0/8', false],
      ['10.0.0.0/8', '11.0.0.0/16', false],
      ['0.0.0.0/0', '::/0', false],
      ['::/0', '0.0.0.0/0', false],
      ['10.0.0.0/8', '::ffff:10.1.0.0/112', true],
    ];
    for (const [outer, inner, want] of table) {
      it(`${outer} ${want ? 'has' : 'lacks'} ${inner}`, () => {
        assert.equal(containsRange(rangeOf(outer), rangeOf(inner)), want);
      });
    }

    it('exactly when they have the first and the last address', () => {
      const range = fc
        .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 0, max: 32 }))
        .map(([a, b, length]) => `${a % 4}.${b}.0.0/${length}`);
      fc.assert(
        fc.property(range, range, (outer, inner) => {
          const { network, length } = rangeOf(inner);
          const last = network.bytes.map(
            (byte, index) => byte | (0xff >> Math.min(8, Math.max(0, length - index * 8))),
          );
          const hasBoth = [network.bytes, last].every((bytes) => contains(rangeOf(outer), { family: 'IPv4', bytes }));
          assert.equal(containsRange(rangeOf(outer), rangeOf(inner)), hasBoth);
        }),
      );
    });
  });
});

function rangeOf(text: string): IpRange {
  return parseIpRange(text) ?? assert.fail(`cannot read ${text}`);
}

function print(range: IpRange | undefined): string | undefined {
  return range && `${range.network.bytes.join('.')}/${range.length}`;
}
