import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RequestLine } from '../../src/model/declaration.ts';
import { parseRequests } from '../../src/parse/grammar/parse-requests.ts';

function linesOf(text: string): readonly RequestLine[] {
  const parsed = parseRequests(text);
  assert.ok('lines' in parsed, JSON.stringify(parsed));
  return parsed.lines;
}

/** Whether the proxy lets a path and query through: the whole must match. */
function lets(line: string, path: string): boolean {
  const [parsed] = linesOf(line);
  return new RegExp(`^(?:${parsed?.request.path ?? '.*'})$`).test(path);
}

describe('requests', () => {
  it('are lines of a method and a path', () => {
    const lines = linesOf('# a comment\nGET /a\n\r\n  POST|PUT   /b # why\nDELETE\n* /c');
    assert.deepEqual(
      lines.map(({ request }) => request.method),
      ['GET', 'POST|PUT', 'DELETE', undefined],
    );
    assert.deepEqual(
      lines.map(({ request }) => request.path),
      ['/a(\\?.*)?', '/b(\\?.*)?', undefined, '/c(\\?.*)?'],
    );
  });

  it('may have a port before them', () => {
    const [number, name, none] = linesOf('8080: GET /a\nadmin-api: GET /a\nGET /a');
    assert.deepEqual(number?.port, { kind: 'range', port: 8080, endPort: 8080, protocol: 'TCP' });
    assert.deepEqual(name?.port, { kind: 'name', name: 'admin-api', protocol: 'TCP' });
    assert.equal(none?.port, undefined);
  });

  for (const port of ['8080/udp:', '9090+9091:', '8000-8100:', '70000:', '*:', 'HTTP:']) {
    it(`say of "${port}" that it is no port of requests`, () => {
      const parsed = parseRequests(`${port} GET /a`);
      assert.ok('errors' in parsed && parsed.errors.length === 1);
      assert.match(JSON.stringify(parsed.errors), /must be one TCP port before/);
    });
  }

  const PATHS: readonly (readonly [line: string, through: readonly string[], refused: readonly string[]])[] = [
    ['GET /api/documents', ['/api/documents', '/api/documents?page=2'], ['/api/documentsX', '/api/documents/1', '/']],
    ['GET /v1.0/index.html', ['/v1.0/index.html'], ['/v1x0/index.html', '/v1.0/indexxhtml']],
    ['GET /a/[0-9]+', ['/a/1', '/a/12?x'], ['/a/', '/a/x']],
    ['GET ^/a$', ['/a', '/a?x'], ['/ab']],
    ['GET /a(/.*)?', ['/a', '/a/b', '/a/b?c', '/a?c'], ['/ab']],
    ['GET /a.*', ['/a', '/ab', '/a/b?c'], ['/b']],
    ['GET /a|/b/.*', ['/a', '/a?x', '/b/c'], ['/c', '/ab']],
    ['GET /search\\?q=[a-z]+', ['/search?q=abc'], ['/search', '/search?q=1', '/search?q=abc&x=1']],
    ['GET', ['/', '/any?x'], []],
  ];
  for (const [line, through, refused] of PATHS) {
    it(`let through what "${line}" says`, () => {
      assert.deepEqual(
        through.filter((path) => !lets(line, path)),
        [],
      );
      assert.deepEqual(
        refused.filter((path) => lets(line, path)),
        [],
      );
    });
  }

  it('are never without a method, a slash or an answer', () => {
    const word = fc.stringMatching(/^[-A-Za-z/.*+?()[\]{}|\\^$:#0-9 \n]{0,12}$/);
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join(' ')),
        (text) => {
          const parsed = parseRequests(text);
          if ('errors' in parsed) assert.ok(parsed.errors.length > 0);
          else for (const { request } of parsed.lines) assert.doesNotThrow(() => new RegExp(request.path ?? ''));
        },
      ),
    );
  });
});
