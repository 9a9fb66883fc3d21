import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** Throws where the output of a contestant is not what its job is: every item of the input, and its policies. */
export function checkOutput(name, inputFile, outputFile) {
  const [before, after] = [inputFile, outputFile].map((file) => readFileSync(file, 'utf8'));
  const given = load(before).items;
  const written = load(after).items ?? [];
  const policies = written.filter(({ kind }) => kind === 'NetworkPolicy');
  assert.equal(written.length - policies.length, given.length, `${name} must keep every item`);
  const missing = namesOf(given, 'Deployment').filter(
    (subject) => !namesOf(policies, 'NetworkPolicy').includes(subject),
  );
  assert.deepEqual(missing, [], `${name} must write a policy for each Deployment`);
  if (name === 'postern') checkPostern({ before, after, given, policies });
}

/** What the peers do not do: the items leave byte by byte, namespaces are closed, and ports are the pods'. */
function checkPostern({ before, after, given, policies }) {
  const items = before.slice(0, before.indexOf('\nfunctionConfig:'));
  if (given.length > 0) assert.ok(after.startsWith(items), 'postern must leave the items as they came');
  const names = namesOf(policies, 'NetworkPolicy');
  for (const namespace of given.filter(({ kind }) => kind === 'Namespace')) {
    for (const name of ['default-deny', 'allow-dns']) assert.ok(names.includes(`${namespace.metadata.name}/${name}`));
  }
  const unported = policies.flatMap(({ spec }) => spec.ingress ?? []).filter(({ ports }) => ports === undefined);
  assert.deepEqual(unported, [], 'postern must name the ports that it opens');
}

function namesOf(items, wanted) {
  return items.filter(({ kind }) => kind === wanted).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}
