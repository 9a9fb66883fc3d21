import type { Address } from './address.ts';
import { isHostKey } from './host-key.ts';

const HOST = '[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?\\.?';
/** What may not follow an address: then it is a part of something else. */
const END = '(?![\\w:%$-]|\\.\\w)';
const HOSTS = new RegExp(`${HOST}(?::[0-9]{1,5})?${END}(?:,${HOST}(?::[0-9]{1,5})?${END})*`, 'y');
/** What stands between `://` and the path. JDBC puts properties behind a `;`, and an `@` in those is no end of a user. */
const AUTHORITY = /:\/\/((?:(?!;\w+=)[^\s/?#"'<>])+)/g;
/** One of several hosts that have a user each: `rabbit://app:pw@mq-0:5672,app:pw@mq-1:5672`. */
const USER_AND_HOST = new RegExp(`^[^@:]+:[^@]*@${HOST}:[0-9]{1,5}$`);
const PASSWORD = /((?:password|passwd|pwd)=)[^\s"'&;]+/gi;
const PAIR = new RegExp(`^(?:[^/?#]*@)?(${HOST}):([0-9]{1,5})(?:[/?#].*)?$`);
const NAME = new RegExp(`^(?:[^/?#]*@)?(${HOST})(?:[/?#].*)?$`);
/** `nc -z db 5432` and `/dev/tcp/db/5432`: how scripts wait for others. */
const WAITS = [
  new RegExp(`\\b(?:nc|ncat|netcat|telnet)(?:\\s+-[\\w-]+){0,5}\\s+(${HOST})\\s+([0-9]{1,5})(?![\\w.])`, 'g'),
  new RegExp(`/dev/(?:tcp|udp)/(${HOST})/([0-9]{1,5})(?![\\w.])`, 'g'),
];
/** `-h db` of a command, `host=db` of a connection string. */
const HOST_FLAG = new RegExp(
  `(?:(?:^|\\s)(?:-h|--(?:host|hostname|server|address|endpoint))(?:=|\\s+)|(?:^|[\\s;])(?:host|server|addr)=)(${HOST})(?=[\\s;]|$)`,
  'gi',
);
const ASSIGNMENT =
  /^\s*(?:-\s+)?(?:export\s+)?["']?((?:--?)?[A-Za-z][\w.-]*)["']?\s*[:=]\s*["']?([^"'\s]+)["']?\s*[,;]?\s*(?:#.*)?$/;
/** Longer words are data: keys, images, base64. */
const LONGEST = 300;

/**
 * The addresses that a text holds: of URLs (JDBC's too, with user names and lists of hosts), of `host:port`, of names in
 * the cluster's DNS, and a name alone where `key` or the line says that it is one. Lines of comments do not count.
 */
export function findAddresses(text: string, key: string | undefined): Address[] {
  const found = text.split(/\r?\n/).filter(isNoComment).map(withoutUsers).flatMap(ofLine);
  const words = key !== undefined && isHostKey(key) ? wordsIn(text) : [];
  const distinct = new Map([...found, ...words].map((address) => [keyOf(address), address]));
  return [...distinct.values()].filter(({ host }) => !isOwn(host));
}

/** A password may look like an address, and is never to be shown as one. */
function withoutUsers(line: string): string {
  return line.replace(AUTHORITY, (_, authority: string) => `://${hostsOf(authority)}`).replace(PASSWORD, '$1');
}

/** The last `@` ends the user, as parsers of URLs have it: a password may hold others. */
function hostsOf(authority: string): string {
  const parts = authority.split(',');
  return parts.every((part) => USER_AND_HOST.test(part)) ? parts.map(behindUser).join(',') : behindUser(authority);
}

function behindUser(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1);
}

function ofLine(line: string): Address[] {
  const assigned = ASSIGNMENT.exec(line);
  const [, name = '', value = ''] = assigned ?? [];
  return [
    ...urlsOf(line),
    ...line.split(/[\s"'`,;()<>[\]{}|=\\]+/).flatMap(ofToken),
    ...WAITS.flatMap((wait) => [...line.matchAll(wait)].map(([, host = '', port]) => pair(host, Number(port)))),
    ...[...line.matchAll(HOST_FLAG)].map(([, host = '']) => word(host)),
    ...(assigned !== null && isHostKey(name) ? wordsIn(value) : []),
  ].filter(isSound);
}

function urlsOf(line: string): Address[] {
  const found: Address[] = [];
  for (let at = line.indexOf('://'); at >= 0; at = line.indexOf('://', at + 3)) {
    const scheme = /([a-z][a-z0-9+.-]{0,30})$/i.exec(line.slice(Math.max(0, at - 32), at))?.[1]?.toLowerCase();
    HOSTS.lastIndex = at + 3;
    const hosts = HOSTS.exec(line)?.[0].split(',') ?? [];
    found.push(...hosts.map((written) => ({ ...splitPort(written), scheme, form: 'url' as const })));
  }
  return found;
}

function ofToken(token: string): Address[] {
  if (token.length > LONGEST || token.includes('://')) return [];
  const [, host, port] = PAIR.exec(token) ?? [];
  if (host !== undefined) return [pair(host, Number(port))];
  const name = NAME.exec(token)?.[1];
  return name !== undefined && isClusterName(name)
    ? [{ host: plain(name), port: undefined, scheme: undefined, form: 'dns' }]
    : [];
}

/** A value that is nothing but names, one or several. */
function wordsIn(text: string): Address[] {
  const words = text.trim().split(/[\s,;]+/);
  return words.every((name) => name.length <= LONGEST && NAME.test(name) && !name.includes('/'))
    ? words.map(word).filter(isSound)
    : [];
}

/** `web.shop.svc`, with or without the cluster's domain. */
function isClusterName(name: string): boolean {
  return plain(name).split('.').indexOf('svc') >= 2;
}

function word(host: string): Address {
  return { host: plain(host), port: undefined, scheme: undefined, form: 'word' };
}

function pair(host: string, port: number): Address {
  return { host: plain(host), port, scheme: undefined, form: 'pair' };
}

function splitPort(written: string): Pick<Address, 'host' | 'port'> {
  const colon = written.indexOf(':');
  if (colon < 0) return { host: plain(written), port: undefined };
  return { host: plain(written.slice(0, colon)), port: Number(written.slice(colon + 1)) };
}

function plain(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

const LABEL = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)$/;
const IPV4 = /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/;

function isSound({ host, port }: Address): boolean {
  if (port !== undefined && (port < 1 || port > 65535)) return false;
  if (host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) return false;
  return IPV4.test(host) || /[a-z]/.test(host.split('.').at(-1) ?? '');
}

/** Addresses of the pod itself, and of nobody. */
function isOwn(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host.startsWith('127.') || host === '0.0.0.0';
}

function isNoComment(line: string): boolean {
  return !/^\s*(?:#|\/\/|;|<!--)/.test(line);
}

/** A host with its port says more than the same host without. */
function keyOf({ host, port, scheme }: Address): string {
  return `${host} ${port ?? ''} ${scheme ?? ''}`;
}
