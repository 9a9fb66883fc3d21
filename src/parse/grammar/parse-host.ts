import type { PeerTerm } from '../../model/declaration.ts';
import { parseIpAddress } from '../../policy/ip-range.ts';
import { clusterDnsName } from './cluster-dns-name.ts';
import { dnsNameLike, isDnsSubdomain } from './dns-name.ts';
import type { Fault, OnFault, Token } from './fault.ts';

const DEFAULT_PORT: Readonly<Record<string, number>> = { https: 443, http: 80 };

/** The port of a scheme that needs no port of its own. */
export function defaultPortOf(scheme: string): number | undefined {
  return Object.hasOwn(DEFAULT_PORT, scheme) ? DEFAULT_PORT[scheme] : undefined;
}

/** Reads `scheme://host[:port]`; without a port, that of the scheme. A wildcard may be the first label. */
export function parseHost(token: Token, onFault: OnFault): PeerTerm | undefined {
  const [scheme = '', rest = ''] = token.text.split(/:\/\/(.*)/s);
  const authority = rest.replace(/[/?#&=].*$/s, '');
  const colon = authority.startsWith('[') ? -1 : authority.lastIndexOf(':');
  const host = colon < 0 ? authority : authority.slice(0, colon);
  const written = colon < 0 ? undefined : authority.slice(colon + 1);
  const port = written === undefined ? defaultPortOf(scheme) : portOf(written);
  const at = token.offset + scheme.length + 3;
  const fault = schemeFault(scheme, token) ?? hostFault(host, port, token, at) ?? portFault(port, written, token);
  if (fault === undefined && authority === rest && port !== undefined) return { kind: 'host', scheme, host, port };
  onFault(fault ?? pathFault(token, at + authority.length, `${scheme}://${authority}`));
  return undefined;
}

function portOf(written: string): number | undefined {
  const port = /^[1-9][0-9]{0,4}$/.test(written) ? Number(written) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

function schemeFault(scheme: string, token: Token): Fault | undefined {
  if (/^[a-z][a-z0-9+.-]*$/.test(scheme)) return undefined;
  return wrongHost(token, token.offset, 'must have a scheme such as "https" before "://"');
}

function hostFault(host: string, port: number | undefined, token: Token, at: number): Fault | undefined {
  const suffix = port === undefined ? '' : `:${port}`;
  const name = clusterDnsName(host);
  if (name !== undefined) {
    const must = 'must name an object of the cluster as "namespace/name", not as a host';
    return { code: 'cluster-dns-name', at, must, got: token.text, want: `${name}${suffix}` };
  }
  if (parseIpAddress(host) !== undefined) {
    return wrongHost(token, at, 'must write an address as a range', `${host}/32${suffix}`);
  }
  if (host === '*') return wrongHost(token, at, 'must name a host', `internet${suffix}`);
  const domain = host.replace(/^\*\./, '');
  if (host.includes('*') && !isDnsSubdomain(domain)) {
    return wrongHost(
      token,
      at,
      'must have a wildcard only as the first label of a host, as in "https://*.example.com"',
    );
  }
  if (!isDnsSubdomain(domain)) {
    const like = dnsNameLike(domain, isDnsSubdomain);
    return wrongHost(token, at, 'must be a host name', like && token.text.replace(domain, () => like));
  }
  if (domain !== host || domain.includes('.')) return undefined;
  return wrongHost(token, at, 'must be a host name with a dot', `${host}${suffix}`);
}

function portFault(port: number | undefined, written: string | undefined, token: Token): Fault | undefined {
  if (port !== undefined) return undefined;
  const at = token.offset + token.text.lastIndexOf(':') + (written === undefined ? 0 : 1);
  if (written === undefined)
    return wrongHost(token, at, 'must give the port of a host whose scheme is not http or https');
  return wrongHost(token, at, 'must give a host one port from 1 to 65535');
}

function pathFault(token: Token, at: number, want: string): Fault {
  return wrongHost(token, at, 'must end after the host and its port', want);
}

function wrongHost(token: Token, at: number, must: string, want?: string): Fault {
  return { code: 'invalid-host', at, must, got: token.text, want };
}
