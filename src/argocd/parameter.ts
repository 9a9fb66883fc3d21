/** Something that an Application may say to the plugin, as `spec.source.plugin.parameters` or as a variable. */
export interface Parameter {
  readonly name: string;
  /** What the UI shows beside the field. */
  readonly title: string;
  readonly tooltip: string;
  readonly collection: 'string' | 'array' | 'map';
  /** The values that are allowed, where they are few. */
  readonly choices?: readonly string[];
  /** What holds where nothing is said. */
  readonly default?: string;
  /** The plugin's own file announces it, since no source changes what holds. */
  readonly isStatic?: true;
  /** Which sources it is for; undefined: all. */
  readonly source?: SourceKind;
  /** The field of the config's `spec` that it sets. */
  readonly setting?: readonly [string] | readonly [string, string];
}

/** What the files of an Application are. */
export type SourceKind = 'kustomization' | 'chart' | 'directory';

const BOOLEAN = ['true', 'false'];

/** Every parameter, in the order in which the UI shows them. */
export const PARAMETERS: readonly Parameter[] = [
  {
    name: 'config',
    title: 'Config file',
    tooltip:
      "Path of a NetworkPolicyGenerator, from the Application's path. Found by itself where it has a known name.",
    collection: 'string',
  },
  {
    name: 'isolate',
    title: 'Isolate',
    tooltip:
      'What is closed in every namespace of the build: none, ingress, egress or both. Empty: what lists and annotations close.',
    collection: 'string',
    choices: ['none', 'ingress', 'egress', 'both'],
    setting: ['isolate'],
  },
  {
    name: 'trust',
    title: 'Trust',
    tooltip: 'Whose word opens a door: either, namespace or own.',
    collection: 'string',
    choices: ['either', 'namespace', 'own'],
    default: 'namespace',
    setting: ['trust'],
  },
  {
    name: 'owner',
    title: 'Owner',
    tooltip: 'Whose policies these are. Two Applications that write into one namespace need two owners.',
    collection: 'string',
    default: 'postern',
    setting: ['owner'],
  },
  {
    name: 'peers',
    title: 'Peers',
    tooltip: 'Names for what this Application does not render, each with a list: ingress-nginx/app=ingress-nginx.',
    collection: 'map',
    setting: ['peers'],
  },
  {
    name: 'always-allow-from',
    title: 'Always allow from',
    tooltip: 'Items that every isolated pod accepts, such as monitoring/app=prometheus:metrics.',
    collection: 'array',
    setting: ['always', 'allowFrom'],
  },
  {
    name: 'always-allow-to',
    title: 'Always allow to',
    tooltip: 'Items that every isolated pod may connect to.',
    collection: 'array',
    setting: ['always', 'allowTo'],
  },
  {
    name: 'namespaces',
    title: 'Namespaces',
    tooltip: 'Namespaces that are closed as a whole although this Application does not hold their Namespace object.',
    collection: 'array',
    setting: ['namespaces'],
  },
  {
    name: 'exclude',
    title: 'Exclude',
    tooltip: 'Namespaces that are never isolated.',
    collection: 'array',
    setting: ['exclude'],
  },
  {
    name: 'sync-waves',
    title: 'Sync waves',
    tooltip: 'Sync the policies that allow a wave before default-deny.',
    collection: 'string',
    choices: BOOLEAN,
    default: 'false',
    setting: ['argocd', 'syncWaves'],
  },
  {
    name: 'warnings',
    title: 'Warnings',
    tooltip:
      'error: a warning fails the build. annotate: it stands on a policy as postern.dev/warnings. ignore: in the log only.',
    collection: 'string',
    choices: ['error', 'annotate', 'ignore'],
    default: 'annotate',
    isStatic: true,
  },
  {
    name: 'release-name',
    title: 'Release name',
    tooltip: "The chart's release. Empty: the Application's name.",
    collection: 'string',
    source: 'chart',
  },
  {
    name: 'values-files',
    title: 'Values files',
    tooltip: "Paths from the Application's path, the last one wins; with a leading slash from the repository's root.",
    collection: 'array',
    source: 'chart',
  },
  {
    name: 'values',
    title: 'Values',
    tooltip: 'Values as YAML text, over those of the files.',
    collection: 'string',
    source: 'chart',
  },
  {
    name: 'helm-parameters',
    title: 'Helm parameters',
    tooltip: 'Single values, over all others: image.tag.',
    collection: 'map',
    source: 'chart',
  },
  {
    name: 'skip-crds',
    title: 'Skip CRDs',
    tooltip: "Leave the chart's crds folder out.",
    collection: 'string',
    choices: BOOLEAN,
    default: 'false',
    source: 'chart',
  },
  {
    name: 'recurse',
    title: 'Recurse',
    tooltip: 'Read the files of subfolders too.',
    collection: 'string',
    choices: BOOLEAN,
    default: 'false',
    source: 'directory',
  },
];
