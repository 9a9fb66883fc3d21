import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postern } from '../cli/postern.ts';
import { describeWith, POSTERN, ROOT } from '../tools.ts';
import { othersOf, policiesOf, policyText } from './rendered.ts';
import { CONFIG, EMPTY, type Helm, isolateHelm, rendererArgs, SHOP } from './run-helm.ts';
import { standInCluster } from './stand-in-cluster.ts';

interface Use {
  readonly helm: Helm;
  /** The words that make it run Postern. */
  readonly renderer: readonly string[];
  /** The policies of the chart's hook. */
  readonly ofHooks: readonly string[];
  /** The words for an output of just what Postern saw. */
  readonly asSeen: readonly string[];
}

const WITH_CONFIG = rendererArgs(`--config=${CONFIG}`);

/** Names the hook's pods for a Helm that keeps hooks to itself. */
const HOOK_CONFIG = `${readFileSync(CONFIG, 'utf8')}
  pods:
    - {name: migrate, podSelector: {matchLabels: {app.kubernetes.io/name: migrate}}, allowTo: rel-store}
`;

const WRONG_CONFIG = `apiVersion: postern.dev/v1alpha1
kind: NetworkPolicyGenerator
metadata: {name: netpol}
spec: {isolat: both}
`;

describeWith('helm-3', 'Helm 3', (path) => {
  const helm = isolateHelm(path);
  const renderer = ['--post-renderer', POSTERN];
  const template = (...words: readonly string[]) => helm.run(['template', 'rel', ...words, ...renderer]);

  after(() => rmSync(helm.home, { recursive: true }));

  describePostRenderer({ helm, renderer, ofHooks: [], asSeen: ['--no-hooks'] });

  it('shows no hook to a post-renderer: the config names its pods', async () => {
    const config = join(helm.home, 'hooks.yaml');
    writeFileSync(config, HOOK_CONFIG);
    const { stdout, stderr } = await template(SHOP, ...rendererArgs(`--config=${config}`));
    assert.equal(stderr, '');
    assert.match(policyText(stdout, 'migrate'), /port: 5432/);
    assert.match(policyText(stdout, 'rel-store'), /- migrate$/m);
  });

  it('keeps every byte of the chart, its CRDs included', async () => {
    const words = [SHOP, '--no-hooks', '--include-crds'];
    const { stdout: plain } = await helm.run(['template', 'rel', ...words]);
    const { stdout } = await template(...words, ...WITH_CONFIG);
    assert.match(plain, /^# Source: shop\/crds\/coupons\.yaml$/m);
    assert.equal(stdout.slice(0, plain.length), plain);
    assert.match(stdout.slice(plain.length), /^---\napiVersion: networking/);
  });

  it('stops at a chart that renders nothing, which the command of the plugin lets pass', async () => {
    const refused = await template(EMPTY);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /\[empty-input\]/);
    const passed = await template(EMPTY, ...rendererArgs('helm-post-renderer'));
    assert.deepEqual([passed.status, passed.stderr], [0, '']);
  });

  it('fails with the command of the plugin as it does without', async () => {
    const args = rendererArgs('helm-post-renderer', `--config=${CONFIG}`);
    const { status, stdout, stderr } = await template(SHOP, '--set', 'web.allowTo=chekout', ...args);
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /got "rel-chekout"/);
  });
});

describeWith('helm-4', 'Helm 4', (path) => {
  const helm = isolateHelm(path);
  helm.linkPlugin('postern', ROOT);
  const renderer = ['--post-renderer', 'postern'];
  const template = (...words: readonly string[]) => helm.run(['template', 'rel', ...words, ...renderer]);

  after(() => rmSync(helm.home, { recursive: true }));

  describePostRenderer({ helm, renderer, ofHooks: ['rel-migrate'], asSeen: [] });

  it('lets a chart pass that renders nothing', async () => {
    const { status, stderr } = await template(EMPTY);
    assert.deepEqual([status, stderr], [0, '']);
  });

  it('keeps the hooks hooks, and the policies none', async () => {
    const { stdout } = await template(SHOP, ...WITH_CONFIG);
    assert.match(stdout, /helm\.sh\/hook: post-install,pre-upgrade/);
    assert.doesNotMatch(policyText(stdout, 'rel-migrate'), /helm\.sh/);
    const withoutHooks = await template(SHOP, '--no-hooks', ...WITH_CONFIG);
    assert.ok(policiesOf(withoutHooks.stdout).includes('rel-migrate'));
  });

  it('keeps the files of the objects, and has one for the policies', async () => {
    const { stdout } = await template(SHOP, ...WITH_CONFIG);
    const files = new Set(stdout.match(/^# Source: .*$/gm));
    const names = ['charts/store/templates/store', 'templates/cart', 'templates/migrate', 'templates/postern'];
    const all = [...names, 'templates/settings', 'templates/web'];
    assert.deepEqual(
      [...files].sort(),
      all.map((name) => `# Source: shop/${name}.yaml`),
    );
    assert.doesNotMatch(stdout, /postrenderer\.helm\.sh|generated-by/);
  });

  it('stops whatever the words of an error do to a name of a file', async () => {
    for (const [name, shown] of [
      ['x/_y', 'rel-x/_y'],
      ['x/', 'rel-x/'],
    ] as const) {
      const { status, stdout, stderr } = await template(SHOP, '--set-string', `web.allowTo=${name}`, ...WITH_CONFIG);
      assert.deepEqual([status, stdout], [1, '']);
      assert.ok(stderr.includes(`got "${shown}`), stderr);
    }
  });

  it('says the first of many errors, and how many more', async () => {
    const words = [SHOP, '--set', 'padding=100', '--set', 'fillers.allowTo=nobody'];
    const { status, stderr } = await template(...words, ...WITH_CONFIG);
    assert.equal(status, 1);
    assert.equal(stderr.match(/\[unknown-peer\]/g)?.length, 20);
    assert.match(stderr, /and 80 more/);
  });

  it('is told of an option that is no option of a post-renderer', async () => {
    for (const option of ['--version', 'manifests/']) {
      const { status, stdout, stderr } = await template(SHOP, ...rendererArgs(option));
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, /must .*"(?:--version|manifests\/)".*\[usage\]/);
    }
  });
});

function describePostRenderer({ helm, renderer, ofHooks, asSeen }: Use): void {
  const template = (...words: readonly string[]) => helm.run(['template', 'rel', SHOP, ...renderer, ...words]);

  it('adds the policies, of objects that say nothing themselves too', async () => {
    const { status, stdout, stderr } = await template(...WITH_CONFIG);
    assert.deepEqual([status, stderr], [0, '']);
    const names = ['allow-dns', 'default-deny', 'rel-cart', ...ofHooks, 'rel-store', 'rel-web'];
    assert.deepEqual(policiesOf(stdout), names);
    assert.match(policyText(stdout, 'rel-cart'), /- web\n.*port: 7070\n.*- store\n.*port: 5432/s);
    assert.match(policyText(stdout, 'rel-store'), /- exporter$/m);
  });

  it('changes nothing else', async () => {
    const plain = await helm.run(['template', 'rel', SHOP]);
    const { stdout } = await template(...WITH_CONFIG);
    assert.deepEqual(othersOf(stdout), othersOf(plain.stdout));
  });

  it('renders the same bytes again, and leaves its own output as it is', async () => {
    const { stdout } = await template(...asSeen, ...WITH_CONFIG);
    const again = await template(...asSeen, ...WITH_CONFIG);
    assert.equal(again.stdout, stdout);
    assert.deepEqual(postern(['--config', CONFIG], stdout), { status: 0, stdout, stderr: '' });
  });

  it('takes an option as two words too, and a path from where Helm runs', async () => {
    writeFileSync(join(helm.home, 'here.yaml'), WRONG_CONFIG);
    const { status, stderr } = await template(...rendererArgs('--config', 'here.yaml'));
    assert.equal(status, 1);
    assert.match(stderr, /isolat.*here\.yaml/);
  });

  it('knows the namespace of the release when it is told', async () => {
    const words = ['--namespace', 'shop', '--set', 'cart.allowFrom=shop/rel-web', ...WITH_CONFIG];
    const untold = await template(...words);
    assert.match(untold.stderr, /got "shop\/rel-web"/);
    const { status, stdout, stderr } = await template(...words, ...rendererArgs('--namespace=shop'));
    assert.deepEqual([status, stderr], [0, '']);
    assert.doesNotMatch(stdout, /namespace: shop/);
  });

  const ways: readonly (readonly string[])[] = [
    ['template'],
    ['template', '--debug'],
    ['install', '--dry-run=client'],
    ['install', '--skip-crds'],
    ['upgrade', '--install', '--skip-crds'],
  ];
  for (const [command = '', ...flags] of ways) {
    it(`shows what is wrong, and nothing of the chart: ${[command, ...flags].join(' ')}`, async () => {
      const cluster = await standInCluster(helm.kubeconfig);
      const words = [command, 'rel', SHOP, ...flags, '--set', 'web.allowTo=chekout', ...renderer, ...WITH_CONFIG];
      const { status, stdout, stderr } = await helm.run(words);
      cluster.close();
      assert.equal(status, 1);
      assert.match(stderr, /\[error\] apps\/v1\/Deployment\/rel-web .*got "rel-chekout".* \[unknown-peer\]/);
      assert.doesNotMatch(stdout + stderr, /open-sesame|containerPort|NetworkPolicy/);
      const isDry = command === 'template' || flags.includes('--dry-run=client');
      assert.ok(
        isDry || cluster.requests.length > 0,
        'the cluster was not asked: who knows what would have been written',
      );
      const writes = cluster.requests.filter((request) => !request.startsWith('GET '));
      assert.deepEqual(writes, []);
    });
  }

  const wrong: readonly [options: readonly string[], message: RegExp][] = [
    [['--confg=x'], /got "--confg" \(did you mean "--config"\?\) \[usage\]/],
    [['--config=missing.yaml'], /missing\.yaml": there is no such file \[unreadable-file\]/],
    [['--namespace=Shop'], /--namespace must be the name of a namespace, got "Shop"/],
  ];
  for (const [options, message] of wrong) {
    it(`shows what is wrong with ${options.join(' ')}`, async () => {
      const { status, stdout, stderr } = await template(...rendererArgs(...options));
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, message);
    });
  }

  it('takes a big chart', async () => {
    const { status, stdout, stderr } = await template('--set', 'padding=1000', ...WITH_CONFIG);
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(policiesOf(stdout).length, 1005 + ofHooks.length);
  });
}
