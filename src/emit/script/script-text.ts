import type { LeftOut, Probe, ProbePlan, ProbeTarget } from '../../model/probe.ts';
import { visible } from '../visible.ts';
import { CLIENT_PROGRAM, secondsOfProgram } from './client-program.ts';
import { leftOutLines } from './left-out-lines.ts';
import { POD_OVERRIDES } from './pod-overrides.ts';
import { quoteShell } from './quote-shell.ts';
import { SCRIPT_FUNCTIONS } from './script-functions.ts';
import { selectorText } from './selector-text.ts';

/** How connections are tried. */
export interface ProbeSettings {
  /** The image of the clients; it must have `sh`, `nc`, `nslookup` and `timeout`. */
  readonly image: string;
  /** For one try of one connection. */
  readonly seconds: number;
}

/** Seconds until a client runs, its image included. */
const START_WITHIN = 60;

/** Seconds that a call to the cluster may take in a slow one; for each target and client there are two. */
const CALL = 2;

/** Seconds for what is done once. */
const ONCE = 30;

/** Prints a POSIX shell script that tries the connections of a plan in the cluster that kubectl talks to. */
export function printScript({ probes, leftOut }: ProbePlan, settings: ProbeSettings): string {
  const targets = new Map<ProbeTarget, number>();
  for (const { target } of probes) if (!targets.has(target)) targets.set(target, targets.size + 1);
  return [
    ...header(probes, leftOut, settings),
    ...settingLines(probes, settings),
    SCRIPT_FUNCTIONS,
    `echo "${count(probes.length, 'connection')} in the cluster of context $("$kubectl" config current-context)" >&2`,
    '',
    ...[...targets].map(([target, number]) => targetLine(target, number)),
    ...testLines(probes, targets),
    '',
    'finish',
    '',
  ].join('\n');
}

/** Seconds to look targets up and to start clients; as many are needed to hear what they say. */
function secondsToPrepare(probes: readonly Probe[]): number {
  const pods = new Set(probes.flatMap(({ client, target }) => [client, target]));
  return ONCE + CALL * pods.size;
}

function header(probes: readonly Probe[], leftOut: readonly LeftOut[], { seconds }: ProbeSettings): readonly string[] {
  const clients = new Set(probes.map(({ client }) => client)).size;
  const allowed = probes.filter(({ wants }) => wants === 'allowed').length;
  const total = 2 * secondsToPrepare(probes) + START_WITHIN + secondsOfProgram(seconds);
  return [
    '#!/bin/sh',
    `# Tries ${count(probes.length, 'connection')} in a live cluster, from ${count(clients, 'client')}: ${allowed} must open, ${probes.length - allowed} must not.`,
    '# Written by postern script from NetworkPolicies; write it again when they change.',
    '#',
    '# For each client it starts a pod with the labels of the workload in whose name it connects, in its namespace. That pod is',
    '# never ready, so that Services send it no traffic, and it belongs to a ConfigMap of this script, so that no controller',
    '# takes it for its own. Connections go to the address of a ready pod, as policies see them. Whatever was started is deleted',
    '# at the end. After a kill that nothing survives: kubectl delete pod,configmap -A -l postern.dev/script',
    '#',
    '# You need the right to get and list pods, to create and delete pods and configmaps in the namespaces below, and to read logs.',
    `# It ends within ${Math.ceil(total / 60)} minutes, usually far sooner. Exit status: 0 when all passed, 1 when some failed, 2 when it`,
    '# cannot run, 3 when none failed but some could not be tried.',
    ...leftOutLines(leftOut),
    '',
    'set -u',
    '',
  ];
}

function settingLines(probes: readonly Probe[], { image, seconds }: ProbeSettings): readonly string[] {
  const width = (least: string, words: readonly string[]): number =>
    Math.max(...[least, ...words].map((word) => visible(word).length));
  const source = width(
    'SOURCE',
    probes.map(({ client }) => client.name),
  );
  const destination = width(
    'DESTINATION',
    probes.map(({ target }) => target.name),
  );
  return [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
    'kubectl=${KUBECTL:-kubectl}',
    `image=${quoteShell(image)}`,
    `timeout=${seconds} # seconds for one try; there are up to three`,
    `prepare_within=${secondsToPrepare(probes)} # seconds for looking up and starting`,
    `start_within=${START_WITHIN} # seconds until a client must run`,
    '',
    `program_seconds=${secondsOfProgram(seconds)}`,
    `row='%-${source}s  %-${destination}s  %-9s  %-7s'`,
    `overrides_format=${quoteShell(POD_OVERRIDES)}`,
    '# What runs in a client.',
    '# shellcheck disable=SC2016',
    `client_program=${quoteShell(CLIENT_PROGRAM)}`,
    '',
  ];
}

function targetLine({ name, namespace, selector }: ProbeTarget, number: number): string {
  const words = [namespace, selectorText(selector)].map(quoteWord).join(' ');
  return `target ${number} ${words} # ${visible(name)}`;
}

/** Each client once, and what is tried from it below. */
function testLines(probes: readonly Probe[], targets: ReadonlyMap<ProbeTarget, number>): readonly string[] {
  return probes.flatMap(({ client, target, port, protocol, wants }, at) => {
    const labels = Object.entries(client.labels).map(([key, value]) => `${key}=${value}`);
    const start = ['client', ...[client.name, client.namespace, labels.join()].map(quoteWord)].join(' ');
    const verb = wants === 'allowed' ? 'opens' : 'closed';
    const test = `  ${verb} ${targets.get(target)} ${quoteWord(target.name)} ${port} ${protocol.toLowerCase()}`;
    return probes[at - 1]?.client === client ? [test] : ['', start, test];
  });
}

/** Names are printed by the script, so they must not hold what a terminal obeys. */
function quoteWord(text: string): string {
  return quoteShell(visible(text));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
