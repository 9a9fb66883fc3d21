import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findAddresses } from '../../src/reveal/find-addresses.ts';
import { isHostKey, portKeysOf } from '../../src/reveal/host-key.ts';

/** Text, the key that holds it, and what is found: `host:port`, `host`. */
const FOUND: readonly (readonly [text: string, key: string, addresses: string])[] = [
  ['svc:500', 'X', 'svc:500'],
  ['http://svc:500', 'X', 'svc:500'],
  ['fttps://svc:500/something#abc', 'X', 'svc:500'],
  ['olm-operator-heap-:https://olm-operator-metrics:8443/debug/pprof/heap', 'X', 'olm-operator-metrics:8443'],
  ['-server=my-server:5024', 'X', 'my-server:5024'],
  ['jdbc:postgresql://ledger-db:5432/postgresdb?ssl=true', 'X', 'ledger-db:5432'],
  ['jdbc:sqlserver://mssql:1433;databaseName=x', 'X', 'mssql:1433'],
  ['postgresql://admin:p%40ss@accounts-db:5432/accounts', 'X', 'accounts-db:5432'],
  // The last "@" ends the user: what stands before it is never an address.
  ['http://admin:P@ssw0rd1@haproxy.lb:8404/stats;csv', 'X', 'haproxy.lb:8404'],
  ['--scrape-uri=http://admin:P@ss,w:80;x@haproxy.lb:8404', 'X', 'haproxy.lb:8404'],
  ['mongodb://u:p@ss@mongo-0.mongo:27017,mongo-1.mongo:27017/db', 'X', 'mongo-0.mongo:27017 mongo-1.mongo:27017'],
  ['rabbit://u:p@mq-0:5672,u:p@mq-1:5672//', 'X', 'mq-0:5672 mq-1:5672'],
  ['http://web:80/users/@me:81', 'X', 'web:80'],
  ['http://web:80?me@corp:81', 'X', 'web:80'],
  ['http://web:80#me@corp:81', 'X', 'web:80'],
  ['app:p@ss@pg.data.svc:5432', 'X', 'pg.data.svc:5432'],
  ['jdbc:sqlserver://mssql:1433;user=sa@corp;password=P@ss:80', 'X', 'mssql:1433'],
  ['jdbc:postgresql://pg:5432/app?user=app&password=P@ss:80', 'X', 'pg:5432'],
  ['app:secret@tcp(mysql:3306)/shop?parseTime=true', 'X', 'mysql:3306'],
  ['mongodb://u:p@mongo-0.mongo:27017,mongo-1.mongo:27017/db', 'X', 'mongo-0.mongo:27017 mongo-1.mongo:27017'],
  ['kafka-0.kafka:9092,kafka-1.kafka:9092', 'X', 'kafka-0.kafka:9092 kafka-1.kafka:9092'],
  ['http://a:1,http://b:2', 'X', 'a:1 b:2'],
  ['web.shop.svc', 'X', 'web.shop.svc'],
  ['--external-address=catalogd.olm.svc', 'X', 'catalogd.olm.svc'],
  ['http://hooks.flux.svc.cluster.local./', 'X', 'hooks.flux.svc.cluster.local'],
  ['pg-0.pg.data.svc.cluster.local', 'X', 'pg-0.pg.data.svc.cluster.local'],
  ['user@pg.data.svc:5432', 'X', 'pg.data.svc:5432'],
  ['https://api.stripe.com/v1', 'X', 'api.stripe.com'],
  ['10.1.2.3:5432', 'X', '10.1.2.3:5432'],
  ['until nc -z db 5432; do sleep 1; done', 'X', 'db:5432'],
  ['echo > /dev/tcp/db/5432', 'X', 'db:5432'],
  ['pg_isready -h db -U app', 'X', 'db'],
  ['host=pg user=app', 'X', 'pg'],
  ['Server=mssql;Database=x', 'X', 'mssql'],
  ['host: pg\nport: 5432', 'X', 'pg'],
  ['redis.host = "cache"', 'X', 'cache'],
  ['--db-host=pg', 'X', 'pg'],
  ['cart', 'CART_HOST', 'cart'],
  ['cart', 'cartUrl', 'cart'],
  ['a,b', 'REDIS_HOSTS', 'a b'],
  ['Cart', 'CART_ADDR', 'cart'],
  // Words that are only words.
  ['web', 'MODE', ''],
  ['database', 'STORAGE', ''],
  ['web', 'OTEL_SERVICE_NAME', ''],
  ['web', 'DD_SERVICE', ''],
  ['web', 'HOSTNAME', ''],
  ['nginx:1.25', 'IMAGE', ''],
  ['docker.io/library/web:v4', 'IMAGE', ''],
  ['registry/web:8080x', 'X', ''],
  ['12:30', 'X', ''],
  ['123', 'X_HOST', ''],
  ['not%a*url', 'X_HOST', ''],
  ['-server=my-server:502%4', 'X', ''],
  ['my-server:70000', 'X', ''],
  ['false', 'X', ''],
  ['http://localhost:8080', 'X', ''],
  ['http://127.0.0.1:8081/', 'X', ''],
  ['0.0.0.0:8080', 'BIND_ADDR', ''],
  [':8080', 'LISTEN_ADDR', ''],
  ['http://$(HOST):80', 'X', ''],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable.
  ['http://${HOST}', 'X', ''],
  ['# see http://docs.example.com', 'X', ''],
  ['/var/run/web.sock', 'X_ADDR', ''],
];

describe('findAddresses', () => {
  for (const [text, key, addresses] of FOUND) {
    it(`${key}=${JSON.stringify(text)}: ${addresses === '' ? 'nothing' : addresses}`, () => {
      const found = findAddresses(text, key).map(({ host, port }) => (port === undefined ? host : `${host}:${port}`));
      assert.deepEqual([...new Set(found)].sort(), addresses.split(' ').filter(Boolean).sort());
    });
  }

  it('finds nothing in letters, however many, and does not take long', () => {
    assert.deepEqual(findAddresses('a'.repeat(1500), 'X_HOST'), []);
    assert.deepEqual(findAddresses('a.'.repeat(200_000), 'X'), []);
    assert.deepEqual(findAddresses('://'.repeat(100_000), 'X'), []);
    assert.deepEqual(findAddresses(`http://${'@'.repeat(300_000)}`, 'X'), []);
    assert.equal(findAddresses(`http://${'a:b@c,'.repeat(50_000)}`, 'X').length, 1);
  });

  it('finds an address whatever stands around it', () => {
    const before = fc.constantFrom('', ' ', '-x=', '"', "'", 'a b ', '--url=', 'x, ', '(', '[');
    const after = fc.constantFrom('', ' ', '/', '/path', ' -v', '"', "'", ',', ';', ')', ']', '?a=b', '#x');
    const address = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/), fc.integer({ min: 1, max: 65535 }));
    const scheme = fc.constantFrom('', 'http://', 'jdbc:mysql://', 'amqp://u:p@', 'amqp://u:p@s@');
    fc.assert(
      fc.property(before, scheme, address, after, (left, prefix, [host, port], right) => {
        const found = findAddresses(`${left}${prefix}${host}:${port}${right}`, undefined);
        assert.ok(
          host === 'localhost' || found.some((one) => one.host === host && one.port === port),
          JSON.stringify(found),
        );
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, key) => void findAddresses(text, key)));
  });
});

describe('keys of hosts', () => {
  it('are told by their last word', () => {
    const keys = ['DB_HOST', '--cart-addr', 'redis.server', 'brokerUrl', 'KAFKA_BROKERS', 'url'];
    assert.deepEqual(
      keys.filter((key) => !isHostKey(key)),
      [],
    );
    const others = ['HOST_MODE', 'MODE', 'SERVERLESS', 'HOSTNAME', 'SERVICE_NAME'];
    assert.deepEqual(others.filter(isHostKey), []);
  });

  it('lead to the keys of ports', () => {
    assert.deepEqual(portKeysOf('DB_HOST'), ['db_port', 'db_host_port']);
    assert.deepEqual(portKeysOf('--host'), ['port', 'host_port']);
  });
});
