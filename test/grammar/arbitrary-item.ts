import fc from 'fast-check';
import { type Item, KEYWORDS, type PeerTerm, type PortTerm } from '../../src/model/declaration.ts';
import { printItem } from '../../src/parse/grammar/print-list.ts';
import { parseIpRange } from '../../src/policy/ip-range.ts';

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
const name = fc
  .array(fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,6}[a-z0-9])?$/), { minLength: 1, maxLength: 3 })
  .map((labels) => labels.join('.'))
  .filter((text) => !/^[0-9.]+$/.test(text) && !text.split('.').includes('svc'));
const unqualified = name.filter(
  (text) => !(KEYWORDS as readonly string[]).includes(text) && !/^[0-9]+-[0-9]+$/.test(text),
);
const key = fc
  .tuple(fc.option(name, { nil: undefined }), fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,8}[A-Za-z0-9])?$/))
  .map(([prefix, last]) => (prefix === undefined ? last : `${prefix}/${last}`));
const value = fc.stringMatching(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,8}[A-Za-z0-9])?)?$/);

const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 24 })).map(([address, length]) => `${address}/${length}`);
const ipv6 = fc
  .tuple(fc.ipV6(), fc.integer({ min: 0, max: 96 }))
  .map(([address, length]) => `${address}/${length}`)
  .filter((cidr) => parseIpRange(cidr)?.network.family === 'IPv6');
const cidr: fc.Arbitrary<PeerTerm> = fc
  .tuple(fc.oneof(ipv4, ipv6), fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }))
  .map(([range, longer]) => {
    const [address = '', length = ''] = range.split('/');
    return { kind: 'cidr', cidr: range, except: longer.map((bits) => `${address}/${Number(length) + bits}`) };
  });

const protocol = fc.constantFrom(undefined, 'TCP' as const, 'UDP' as const, 'SCTP' as const);
const portNumber = fc.integer({ min: 1, max: 65535 });
const port: fc.Arbitrary<PortTerm> = fc.oneof(
  fc.tuple(portNumber, portNumber, protocol).map(([a, b, protocol]): PortTerm => {
    return { kind: 'range', port: Math.min(a, b), endPort: Math.max(a, b), protocol };
  }),
  fc.tuple(label, protocol).map(([name, protocol]): PortTerm => ({ kind: 'name', name, protocol })),
  protocol.map((protocol): PortTerm => ({ kind: 'all', protocol })),
);
const ports = fc.option(fc.array(port, { minLength: 1, maxLength: 3 }), { nil: undefined });

const keyword = fc.constantFrom(...KEYWORDS.filter((word) => word !== 'none'));
const pods: fc.Arbitrary<PeerTerm> = fc.oneof(
  keyword.map((keyword): PeerTerm => ({ kind: 'keyword', keyword })),
  unqualified.map((name): PeerTerm => ({ kind: 'name', namespace: undefined, name, local: false })),
  name.map((name): PeerTerm => ({ kind: 'name', namespace: undefined, name, local: true })),
  fc.tuple(label, name).map(([namespace, name]): PeerTerm => ({ kind: 'name', namespace, name, local: false })),
  label.map((namespace): PeerTerm => ({ kind: 'namespace', namespace })),
  fc.record({
    kind: fc.constant('labels' as const),
    namespace: fc.option(fc.oneof(label, fc.constant('*')), { nil: undefined }),
    labels: fc.uniqueArray(fc.tuple(key, value), { minLength: 1, maxLength: 3, selector: ([key]) => key }),
  }),
);
const host: fc.Arbitrary<PeerTerm> = fc
  .record({
    kind: fc.constant('host' as const),
    scheme: fc.constantFrom('https', 'http', 'tcp', 'postgres'),
    host: fc.tuple(fc.constantFrom('', '*.'), label, label).map(([star, a, b]) => `${star}${a}.${b}`),
    port: fc.oneof(portNumber, fc.constantFrom(80, 443)),
  })
  .filter(({ host }) => !host.endsWith('.svc'));

/** Any item that a list may hold beside others, spelled as Postern prints it. */
export const arbitraryItem: fc.Arbitrary<Item> = fc
  .oneof(
    fc.record({ peer: fc.oneof(pods, cidr), ports }),
    host.map((peer) => ({ peer, ports: undefined })),
  )
  .map(({ peer, ports }) => ({ text: printItem({ peer, ports }), peer: { ...peer }, ports }));
