// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lists hold such text where nothing replaced it
import assert from 'node:assert/strict';
import type { Item } from '../../src/model/declaration.ts';
import type { GrammarError } from '../../src/parse/grammar/grammar-error.ts';
import { parseList } from '../../src/parse/grammar/parse-list.ts';

function itemsOf(text: string): Item[] {
  const read = parseList(text);
  if ('items' in read) return read.items;
  throw new Error(read.errors.map(({ message, snippet }) => `${message}\n${snippet}`).join('\n'));
}

function errorsOf(text: string): GrammarError[] {
  const read = parseList(text);
  return 'errors' in read ? read.errors : [];
}

const peersOf = (text: string) => itemsOf(text).map(({ peer }) => peer);
const textsOf = (text: string) => itemsOf(text).map((item) => item.text);

describe('parseList: separators and comments', () => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['web', ['web']],
    ['web,cart', ['web', 'cart']],
    ['web cart', ['web', 'cart']],
    ['web,\tcart\n store ,, db,\r\n', ['web', 'cart', 'store', 'db']],
    ['# callers\r\nweb # the site\r\ncart\r\n', ['web', 'cart']],
    ['web # the site\ncart # the basket\n', ['web', 'cart']],
    ['web\n# the end\n', ['web']],
    ['web #', ['web']],
    ['web, web', ['web', 'web']],
    ['a # see #42, b\nc\n', ['a', 'c']],
  ];
  for (const [text, expected] of lists) {
    it(JSON.stringify(text), () => assert.deepEqual(textsOf(text), expected));
  }

  const swallowed = [
    'web # the site cart',
    'web # the site cart # the basket\n',
    '# callers web cart\n',
    'web\ncart # the basket',
    'web # site, cart\n\n',
  ];
  for (const text of swallowed) {
    it(`refuses ${JSON.stringify(text)}, which folded YAML may have joined`, () => {
      const [error] = errorsOf(text);
      assert.equal(error?.code, 'swallowed-comment');
      assert.match(error.message, /folded YAML \(">"\)/);
      assert.equal(text[error.offset], '#');
    });
  }
});

describe('parseList: peers', () => {
  const labels = (namespace: string | undefined, ...labels: [string, string][]) => ({
    kind: 'labels',
    namespace,
    labels,
  });
  const named = (namespace: string | undefined, name: string, local = false) => ({
    kind: 'name',
    namespace,
    name,
    local,
  });
  const peers: readonly (readonly [string, object])[] = [
    ['web', named(undefined, 'web')],
    ['my.web-2', named(undefined, 'my.web-2')],
    ['shop/web', named('shop', 'web')],
    ['internet/web', named('internet', 'web')],
    ['./internet', named(undefined, 'internet', true)],
    ['./80', named(undefined, '80', true)],
    ['internet', { kind: 'keyword', keyword: 'internet' }],
    ['none', { kind: 'keyword', keyword: 'none' }],
    ['shop/*', { kind: 'namespace', namespace: 'shop' }],
    ['app=web', labels(undefined, ['app', 'web'])],
    ['app=', labels(undefined, ['app', ''])],
    ['app=Web_1.x&tier=front', labels(undefined, ['app', 'Web_1.x'], ['tier', 'front'])],
    ['app.kubernetes.io/name=web', labels(undefined, ['app.kubernetes.io/name', 'web'])],
    ['data-layer/app.kubernetes.io/name=postgresql', labels('data-layer', ['app.kubernetes.io/name', 'postgresql'])],
    ['team/name=x', labels('team', ['name', 'x'])],
    ['./team/name=x', labels(undefined, ['team/name', 'x'])],
    ['./app=web', labels(undefined, ['app', 'web'])],
    ['ns/team/name=x', labels('ns', ['team/name', 'x'])],
    ['a=b&team/name=x', labels(undefined, ['a', 'b'], ['team/name', 'x'])],
    ['*/k8s-app=kube-dns', labels('*', ['k8s-app', 'kube-dns'])],
    ['10.1.0.1/16', { kind: 'cidr', cidr: '10.1.0.1/16', except: [] }],
    ['99.1.0.1/16', { kind: 'cidr', cidr: '99.1.0.1/16', except: [] }],
    [
      '10.0.0.0/8!10.1.0.0/16!10.2.0.0/16',
      { kind: 'cidr', cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] },
    ],
    ['::/0!fc00::/7', { kind: 'cidr', cidr: '::/0', except: ['fc00::/7'] }],
    ['https://api.stripe.com', { kind: 'host', scheme: 'https', host: 'api.stripe.com', port: 443 }],
    ['http://example.com:8080', { kind: 'host', scheme: 'http', host: 'example.com', port: 8080 }],
    ['tcp://db.example.com:5432', { kind: 'host', scheme: 'tcp', host: 'db.example.com', port: 5432 }],
    ['https://*.example.com', { kind: 'host', scheme: 'https', host: '*.example.com', port: 443 }],
  ];
  for (const [text, expected] of peers) {
    it(text, () => assert.deepEqual(itemsOf(text), [{ text, peer: expected, ports: undefined }]));
  }
});

describe('parseList: ports', () => {
  const range = (port: number, endPort = port, protocol?: string) => ({ kind: 'range', port, endPort, protocol });
  const ports: readonly (readonly [string, readonly object[]])[] = [
    ['web:80', [range(80)]],
    ['web:80+443/udp', [range(80), range(443, 443, 'UDP')]],
    ['web:8000-8100/sctp', [range(8000, 8100, 'SCTP')]],
    ['web:80-80', [range(80)]],
    ['web:http', [{ kind: 'name', name: 'http', protocol: undefined }]],
    ['web:80-http/tcp', [{ kind: 'name', name: '80-http', protocol: 'TCP' }]],
    ['web:*', [{ kind: 'all', protocol: undefined }]],
    ['web:*/udp+1', [{ kind: 'all', protocol: 'UDP' }, range(1)]],
    ['shop/*:metrics', [{ kind: 'name', name: 'metrics', protocol: undefined }]],
    ['app=web&tier=:80', [range(80)]],
    ['10.0.0.0/8!10.1.0.0/16:443', [range(443)]],
    ['2001:db8::/32:443+80/udp', [range(443), range(80, 80, 'UDP')]],
    ['2001:db8::/32!2001:db8:1::/48:65535', [range(65535)]],
    ['::1/128:1', [range(1)]],
  ];
  for (const [text, expected] of ports) {
    it(text, () => assert.deepEqual(itemsOf(text)[0]?.ports, expected));
  }

  it('keeps the address of an item apart from its ports', () => {
    assert.deepEqual(peersOf('2001:db8::/32:443'), [{ kind: 'cidr', cidr: '2001:db8::/32', except: [] }]);
  });
});

describe('parseList: what is wrong', () => {
  /** Text, code, the place that the caret shows (a piece of the text), and what is suggested. */
  const errors: readonly (readonly [text: string, code: string, at: string, want?: string])[] = [
    ['', 'empty-list', ''],
    [' ,\n', 'empty-list', ' '],
    ['# only a comment\n# and another\n', 'empty-list', '#'],
    ['none, web', 'none-not-alone', 'none'],
    ['none:80', 'invalid-port', ':80', 'none'],
    [':80', 'invalid-port', ':80'],
    ['80+443', 'invalid-port', '80+443'],
    ['${VAR}', 'unreplaced-variable', '${'],
    ['web-${VAR:-a b}', 'unreplaced-variable', '${'],
    ['$(VAR)', 'unreplaced-variable', '$('],
    ['shop/{{ .Values.peer }}:80', 'unreplaced-variable', '{{'],
    ['<no value>', 'unreplaced-variable', '<'],
    ['web\u00a0cart', 'invalid-character', '\u00a0'],
    ['we\u200bb', 'invalid-character', '\u200b', 'web'],
    ['“web”', 'invalid-character', '“', 'web'],
    ['"web"', 'invalid-character', '"', 'web'],
    ['wéb', 'invalid-character', 'é'],
    ['web;cart', 'invalid-character', ';'],
    ['[web]', 'invalid-character', '['],
    ['Web_App', 'invalid-peer', 'Web_App', 'web-app'],
    ['shop/Web', 'invalid-peer', 'shop/Web', 'shop/web'],
    ['Internet:443', 'invalid-peer', 'Internet', 'internet:443'],
    ['app.kubernetes.io/name', 'invalid-peer', 'app'],
    ['a/b/c', 'invalid-peer', 'a/b/c'],
    ['/web', 'invalid-peer', '/web'],
    ['shop/', 'invalid-peer', 'shop/'],
    ['web!10.0.0.0/8', 'invalid-peer', 'web'],
    ['- web', 'invalid-peer', '-'],
    [`${'a'.repeat(64)}/web`, 'invalid-peer', 'aaa'],
    ['*', 'invalid-wildcard', '*'],
    ['*/*:80', 'invalid-wildcard', '*', 'cluster:80'],
    ['./*', 'invalid-wildcard', './*', 'namespace'],
    ['*/web', 'invalid-wildcard', '*'],
    ['web-*', 'invalid-wildcard', 'web-*'],
    ['web.shop.svc', 'cluster-dns-name', 'web', 'shop/web'],
    ['web.shop.svc.cluster.local:80', 'cluster-dns-name', 'web', 'shop/web:80'],
    ['http://web.shop.svc:8080', 'cluster-dns-name', 'web', 'shop/web:8080'],
    ['app==web', 'invalid-label', 'app', 'app=web'],
    ['app!=web', 'invalid-label', 'app'],
    ['app=a&app=b', 'invalid-label', 'app'],
    ['app=*', 'invalid-label', '*'],
    ['app=web&tier', 'invalid-label', 'tier'],
    ['-app=web', 'invalid-label', '-app'],
    [`app=${'a'.repeat(64)}`, 'invalid-label', 'aaa'],
    ['=web', 'invalid-label', '=web'],
    ['10.0.0.1', 'invalid-cidr', '10', '10.0.0.1/32'],
    ['10.0.0.1:443', 'invalid-cidr', '10', '10.0.0.1/32:443'],
    ['2001:db8::1', 'invalid-cidr', '2001', '2001:db8::1/128'],
    ['10.0.0.0/8!10.1.0.1:80', 'invalid-cidr', '10.1', '10.0.0.0/8!10.1.0.1/32:80'],
    ['10.0.0.0/33', 'invalid-cidr', '10'],
    ['10.0/16', 'invalid-cidr', '10'],
    ['10.0.0.010/32', 'invalid-cidr', '10'],
    ['10.0.0.0/8!11.0.0.0/16', 'invalid-cidr', '11'],
    ['10.0.0.0/8!10.0.0.0/8', 'invalid-cidr', '10.0.0.0/8'],
    ['10.0.0.0/8!fc00::/7', 'invalid-cidr', 'fc00'],
    ['10.0.0.0/8!', 'invalid-cidr', ''],
    ['::ffff:10.0.0.0/104', 'invalid-cidr', '::ffff'],
    ['web:', 'invalid-port', ''],
    ['web:80++443', 'invalid-port', '+443'],
    ['web:080', 'invalid-port', '080', '80'],
    ['web:0', 'invalid-port', '0'],
    ['web:65536', 'invalid-port', '65536'],
    ['web:1-99999', 'invalid-port', '99999'],
    ['web:9000-8000', 'invalid-port', '9000', '8000-9000'],
    ['web:HTTP', 'invalid-port', 'HTTP', 'http'],
    ['web:80/UDP', 'invalid-port', '80/UDP', '80/udp'],
    ['web:80/tpc', 'invalid-port', '80/tpc', '80/tcp'],
    ['web:udp/53', 'invalid-port', 'udp', '53/udp'],
    ['web:80/443', 'invalid-port', '80', '80+443'],
    ['web:80:90', 'invalid-port', '80:90'],
    ['web: 80', 'invalid-port', ''],
    ['web:80,443', 'invalid-port', '443'],
    ['a=b:80&c=d', 'invalid-port', '80'],
    [`web:${'a'.repeat(64)}`, 'invalid-port', 'aaa'],
    ['postgres://db.example.com', 'invalid-host', ':'],
    ['https://api.example.com/v1', 'invalid-host', '/v1', 'https://api.example.com'],
    ['https://10.0.0.1', 'invalid-host', '10', '10.0.0.1/32:443'],
    ['https://web:8443', 'invalid-host', 'web', 'web:8443'],
    ['https://*', 'invalid-host', '*', 'internet:443'],
    ['https://a.*.example.com', 'invalid-host', 'a.*'],
    ['https://API.example.com', 'invalid-host', 'API', 'https://api.example.com'],
    ['https://a.example.com:80+443', 'invalid-host', '80'],
    ['https://a.example.com:0', 'invalid-host', '0'],
    ['://a.example.com', 'invalid-host', ':'],
  ];
  for (const [text, code, at, want] of errors) {
    it(`${JSON.stringify(text)} is ${code}`, () => {
      const [error] = errorsOf(text);
      assert.equal(error?.code, code);
      assert.ok(text.startsWith(at, error.offset), `the caret is at "${text.slice(error.offset)}"`);
      assert.equal(error.want, want);
      assert.match(error.message, /^must (not )?\w+.*, got "/s);
    });
  }

  it('suggests what parses', () => {
    const suggested = errors.flatMap(([text]) => errorsOf(text)).flatMap(({ want }) => want ?? []);
    const ofPeers = suggested.filter((want) => !/^[0-9]/.test(want) || want.includes('.'));
    assert.ok(ofPeers.length > 20);
    for (const want of ofPeers) itemsOf(want);
  });

  it('reports every error that can be told apart, in the order of the text', () => {
    const codes = errorsOf('Web:0+99999, ok, 10.0.0.1\n*').map(({ code, line }) => `${line} ${code}`);
    assert.deepEqual(codes, [
      '1 invalid-peer',
      '1 invalid-port',
      '1 invalid-port',
      '1 invalid-cidr',
      '2 invalid-wildcard',
    ]);
  });

  it('orders them by place, whichever part of the parser found them', () => {
    const codes = errorsOf('Web, cart # the site').map(({ code }) => code);
    assert.deepEqual(codes, ['invalid-peer', 'swallowed-comment']);
  });

  const messages: readonly (readonly [string, string])[] = [
    ['a\u00a0b', 'must not have a no-break space (U+00A0), got "a\u00a0b"'],
    ['a\u0007b', 'must not have the character U+0007, got "a b"'],
    ['a;b', 'must not have ";", got "a;b"; items are separated by commas, spaces or newlines'],
    ["'a'", 'must not have a quote, got "\'a\'" (did you mean "a"?)'],
    ['::ffff:10.0.0.0/104', 'must write an IPv4 range as IPv4, got "::ffff:10.0.0.0/104"'],
    ['::ffff:10.0.0.1', 'must write an IPv4 range as IPv4, got "::ffff:10.0.0.1"'],
    ['10.0.0.1', 'must give an address the length of its range, got "10.0.0.1" (did you mean "10.0.0.1/32"?)'],
    [
      'web:',
      'must be a port: a number, a range such as "8000-8100", a name, or "*", got ""; remove the ":" or "+" that nothing follows',
    ],
  ];
  for (const [text, message] of messages) {
    it(`says of ${JSON.stringify(text)}: ${message}`, () => assert.equal(errorsOf(text)[0]?.message, message));
  }

  it('shows the line and a caret under the place', () => {
    const [error] = errorsOf('web\r\n\tcart, web:0\nstore');
    assert.deepEqual([error?.line, error?.column, error?.offset], [2, 12, 16]);
    assert.equal(error?.snippet, '2 |  cart, web:0\n  |            ^');
  });

  it('cuts a long line around the place', () => {
    const [error] = errorsOf(`${'web '.repeat(100)}web:0 ${'web '.repeat(100)}`);
    const [line = '', caret = ''] = error?.snippet.split('\n') ?? [];
    assert.ok(line.length < 120);
    assert.equal(line[caret.indexOf('^')], '0');
  });
});

describe('parseList on long lists', () => {
  it('reads ten thousand items', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `shop/web-${index}:80+443/udp # caller ${index}\n`).join(
      '',
    );
    assert.equal(itemsOf(text).length, 10_000);
  });

  it('reports ten thousand errors', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `Web${index}:0 {{ \n`).join('');
    assert.equal(errorsOf(text).length, 30_000);
  });

  it('reads a line of openings without ends', () => {
    for (const opening of ['{{', '${', '<', '<a']) assert.equal(errorsOf(opening.repeat(100_000)).length, 1, opening);
  });
});
