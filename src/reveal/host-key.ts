const HOST_WORDS =
  /(?:^|_)(?:hosts?|hostnames?|addr|addrs|address|addresses|urls?|uris?|service|svc|servers?|endpoints?|brokers?|nodes|dsn|peers|seeds|backends?|upstreams?|targets?|proxy|master|bootstrap)$/;

/** Names that say what the pod itself is called. */
const OWN_NAMES: ReadonlySet<string> = new Set(['hostname', 'dd_service', 'otel_service', 'service']);

/** Whether a variable, flag or key says that its value is an address: `DB_HOST`, `--cart-addr`, `redis.server`, `brokerUrl`. */
export function isHostKey(key: string): boolean {
  const words = wordsOf(key);
  return key === '-h' || (HOST_WORDS.test(words) && !OWN_NAMES.has(words));
}

/** The keys under which the port of a host may stand: `DB_PORT` for `DB_HOST`, in the words of `wordsOf`. */
export function portKeysOf(key: string): string[] {
  const words = wordsOf(key);
  const stem = words.replace(HOST_WORDS, '');
  return [...new Set([`${stem}_port`, `${words}_port`].map((name) => name.replace(/^_/, '')))];
}

/** A key as words: `db_host` of `DB_HOST`, `--db-host`, `db.host` and `dbHost`. */
export function wordsOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase();
}
