import assert from 'node:assert/strict';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { parseIpv6, printIpv6 } from '../../src/policy/ipv6.ts';

/** Many zeros, so that runs of them compete. */
const byte = fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.nat(255));
const address = fc.array(byte, { minLength: 16, maxLength: 16 });

describe('IPv6 addresses', () => {
  it('are printed as ipaddr.js prints them, and read back', () => {
    const property = fc.property(address, (bytes) => {
      const text = printIpv6(bytes);
      assert.equal(text, ipaddr.fromByteArray(bytes).toString());
      assert.deepEqual(parseIpv6(text), bytes);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('are read as ipaddr.js reads them, with the groups of any length', () => {
    const property = fc.property(fc.ipV6(), (text) => {
      // A dotted tail behind "::" alone is what ipaddr.js takes for an IPv4-mapped address.
      fc.pre(!text.includes('.'));
      assert.deepEqual(parseIpv6(text), ipaddr.IPv6.parse(text).toByteArray());
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('may end in four decimal parts', () => {
    assert.deepEqual(parseIpv6('2001:db8::10.0.255.1'), parseIpv6('2001:db8::a00:ff01'));
    for (const text of ['2001:db8::10.0.0', '1:2:3:4:5:6:7:10.0.0.1', '::10.0.0.01', '10.0.0.1::']) {
      assert.equal(parseIpv6(text), undefined, text);
    }
  });
});
