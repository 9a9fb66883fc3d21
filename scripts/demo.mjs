// npm run demo: one environment of the zero-trust playbook through the built function, for somebody who is new here.
// Shows what its owners wrote, a policy that came of it, the playbook's own test matrix, what was closed, and a picture.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildFunction, buildModulesUnchecked, installDependencies, ROOT } from './prepare.mjs';

const SEED = join(ROOT, 'testdata', 'seeds', 'zero-trust-playbook');
const CLUSTER = join(SEED, 'clusters', 'staging');
const APP = 'myapp-staging';
const SHOWN = `${APP}/myapp-api`;
/** Ends beside the workloads. */
const OUTSIDE = {
  'kube-system/kube-dns': { labels: { 'k8s-app': 'kube-dns' } },
  'the internet': { address: '203.0.113.9' },
};

const isColoured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, dim, green, red, cyan] = [1, 2, 32, 31, 36].map(paint);

if (installDependencies() && buildModulesUnchecked() && buildFunction()) await tell();
else process.exitCode = 1;

async function tell() {
  const input = readFileSync(join(CLUSTER, 'input.yaml'), 'utf8');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist', 'postern.js')], {
    input,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exitCode = 1;
    return;
  }
  const cluster = await readCluster(input, stdout);
  tellCluster(cluster);
  tellAnnotations(cluster);
  tellPolicies(cluster);
  tellMatrix(cluster);
  tellClosed(cluster);
  tellPicture(stdout);
  tellNext();
}

/** The same readers as in the tests, so that the demo shows what they hold. */
async function readCluster(input, output) {
  const test = (name) => import(join(ROOT, 'build', 'test', 'golden', `${name}.js`));
  const [{ load }, { endsOf }, { readPolicies }, { reachRows }, matrix, { splitItems, toDocument }, { isGenerated }] =
    await Promise.all([
      import('js-yaml'),
      test('ends'),
      test('policies'),
      test('reach-rows'),
      test('matrix'),
      test('split-items'),
      test('generated'),
    ]);
  const generated = readPolicies(output);
  const handWritten = readPolicies(readFileSync(join(SEED, 'hand-written.yaml'), 'utf8'));
  const ends = endsOf(input, { outside: OUTSIDE, namespaces: {} });
  const expected = matrix.readMatrix(readFileSync(join(SEED, 'matrix.yaml'), 'utf8'), APP);
  return {
    objects: load(input).items,
    texts: splitItems(output)
      .items.filter(isGenerated)
      .map((item) => toDocument(item).trimEnd()),
    policies: load(output).items.filter(
      ({ metadata }) => metadata.annotations?.['postern.dev/generated'] !== undefined,
    ),
    matrix: {
      generated: matrix.tryMatrix(expected, ends, generated),
      handWritten: matrix.tryMatrix(expected, ends, handWritten),
    },
    rows: reachRows(ends, { generated, handWritten: undefined, differences: [] }),
  };
}

function tellCluster({ objects, policies }) {
  console.log(`\n${bold('Postern')}: everything is closed, and a few known doors open.\n`);
  console.log(`The staging cluster of a zero-trust playbook (${relative(ROOT, SEED)}):`);
  console.log(
    `${objects.length} objects and what their owners wrote on them went in, ${bold(`${policies.length} NetworkPolicies`)} came out.`,
  );
}

function tellAnnotations({ objects }) {
  heading('What the owners wrote');
  for (const { kind, metadata } of objects) {
    const said = Object.entries(metadata.annotations ?? {}).filter(([key]) => key.startsWith('postern.dev/'));
    if (said.length === 0) continue;
    console.log(`  ${dim(kind)} ${nameOf(metadata)}`);
    for (const [key, value] of said) tellAnnotation(key, value);
  }
  console.log(dim(`\n  The base calls its namespace "myapp" and an overlay made it ${APP}: names follow.`));
}

function tellAnnotation(key, value) {
  const lines = value
    .replace(/\s+#.*$/gm, '')
    .trim()
    .split('\n');
  const label = `      ${key}: `;
  const short = lines.join(', ');
  const wrapped =
    label.length + short.length < 96
      ? [short]
      : wrap(
          lines.map((line) => `${line},`),
          96 - label.length,
        );
  const indented = wrapped.map((line, index) => (index === 0 ? cyan(label) : ' '.repeat(label.length)) + line);
  console.log(indented.join('\n').replace(/,$/, ''));
}

function tellPolicies({ policies, texts }) {
  const shown = policies.findIndex(({ metadata }) => nameOf(metadata) === SHOWN);
  heading(`What came of it for ${SHOWN}`);
  console.log(
    texts[shown]
      .split('\n')
      .map((line) => `  ${colourYaml(line)}`)
      .join('\n'),
  );
  console.log(dim('\n  The web client is let in because it asked for the API: a name speaks for both ends.'));
  heading('All of them');
  for (const { metadata, spec } of policies) console.log(`  ${nameOf(metadata).padEnd(36)}${summaryOf(spec)}`);
}

function summaryOf({ policyTypes, ingress, egress }) {
  const count = (rules, way) =>
    rules === undefined ? [] : [`${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} ${way}`];
  const open = [...count(ingress, 'in'), ...count(egress, 'out')];
  const closed = policyTypes.map((type) => (type === 'Ingress' ? 'nothing in' : 'nothing out'));
  return open.length === 0 ? closed.join(', ') : dim(open.join(', '));
}

function tellMatrix({ matrix: { generated, handWritten } }) {
  heading("The playbook's test matrix");
  console.log(dim(`  ${cells('source', 'destination', 'port', 'expected', 'hand-written', 'Postern')}`));
  for (const [index, row] of generated.entries()) {
    const short = ({ source, destination }) => [source, destination].map((name) => name.slice(name.indexOf('/') + 1));
    const hand = handWritten[index];
    console.log(
      `  ${cells(...short(row), `${row.port}`, row.expected)}${verdict(hand).padEnd(isColoured ? 24 : 15)}${verdict(row)}`,
    );
  }
  const score = (outcomes) =>
    `${outcomes.filter(({ expected, got }) => expected === got).length} of ${outcomes.length}`;
  console.log(bold(`  ${cells('', '', '', 'passed', score(handWritten), score(generated))}`));
  for (const { source, destination, refusedBy } of handWritten.filter(({ expected, got }) => expected !== got)) {
    console.log(`\n  Written by hand, ${source} -> ${destination} fails at its ${refusedBy.join(' and ')}:`);
    console.log("  the API's own policy forgets the web client, whose egress is open.");
  }
}

function tellClosed({ rows }) {
  const pairs = rows.filter((row) => !(row.source in OUTSIDE) && !(row.destination in OUTSIDE));
  const open = pairs.filter(({ generated }) => generated !== '-');
  heading('What was closed');
  console.log(`  Without policies each of the ${pairs.length} pairs of workloads can connect, on every port.`);
  console.log(`  Now ${open.length} can. Who is let through where:\n`);
  for (const destination of new Set(rows.map((row) => row.destination))) tellDoor(destination, rows);
  console.log(dim('\n  "left open": nobody asked to isolate it. Who is not isolated goes out as before.'));
}

/** A source that may do everything is not isolated, so it says nothing about the destination. */
function tellDoor(destination, rows) {
  const toIt = rows.filter((row) => row.destination === destination && row.generated !== '-');
  const doors = toIt.filter(({ generated }) => generated !== 'all');
  const byPorts = new Map();
  for (const { source, generated } of doors) byPorts.set(generated, [...(byPorts.get(generated) ?? []), source]);
  const lines = [...byPorts].flatMap(([ports, names]) => doorLines(portsText(ports), names));
  const [first = toIt.length > 0 ? dim('left open') : dim('nobody'), ...others] = lines;
  console.log(`  ${destination.padEnd(36)}${first}`);
  for (const line of others) console.log(`  ${''.padEnd(36)}${line}`);
}

function portsText(ports) {
  return ports === '53+53/udp' ? '53 tcp, udp' : ports.replaceAll('+', ', ');
}

function doorLines(ports, names) {
  const words = names.map((name, index) => (index < names.length - 1 ? `${name},` : name));
  return wrap(words, 48).map((line, index) => (index === 0 ? ports : '').padEnd(13) + line);
}

/** The page goes beside what the demo was compiled to. */
function tellPicture(output) {
  const page = join(ROOT, 'build', 'demo-graph.html');
  const words = [join(ROOT, 'dist', 'postern.js'), 'graph', '--output', page];
  const { status, stderr } = spawnSync(process.execPath, words, { input: output, encoding: 'utf8' });
  heading('All of it as a picture');
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exitCode = 1;
    return;
  }
  console.log(`  Open this file in a browser: ${bold(relative(process.cwd(), page) || page)}`);
  console.log(dim('  It needs no network. Click a workload to see its policies, and why each connection is open.'));
}

function tellNext() {
  heading('The same in kustomize');
  const folder = relative(ROOT, CLUSTER);
  console.log(`  kustomize build --enable-alpha-plugins --enable-exec \\\n    ${folder}`);
  console.log(dim('\n  Both flags are needed: with the first alone kustomize skips the function without a word.\n'));
}

function heading(text) {
  console.log(`\n${bold(text)}\n${dim('-'.repeat(text.length))}`);
}

function cells(...texts) {
  const widths = [16, 16, 7, 11, 15];
  return texts.map((text, index) => text.padEnd(widths[index] ?? 0)).join('');
}

function verdict({ expected, got }) {
  return got === expected ? green(`${got}`) : red(`${got}  (wrong)`);
}

function nameOf({ namespace, name }) {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Words on lines of at most `width` columns. */
function wrap(words, width) {
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function colourYaml(line) {
  return line.replace(/^(\s*(?:- )?)([\w./-]+:)/, (_, lead, key) => `${lead}${cyan(key)}`);
}
