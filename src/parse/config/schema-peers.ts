import * as z from 'zod/mini';
import { ENTITIES, type Entity } from '../../model/entities.ts';
import type { Requirement } from '../../model/label-selector.ts';
import { field, LABEL, mappingOf, named, namespaceName, oneOf, ranges, required, text } from './schema-parts.ts';

/** A LabelSelector as the API writes it. */
export interface RawSelector {
  readonly matchLabels?: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions?: readonly RawRequirement[] | undefined;
}

export interface RawRequirement {
  readonly key: string;
  readonly operator: Requirement['operator'];
  readonly values?: readonly string[] | undefined;
}

/** Ports as numbers, or in the grammar of a port. */
export type RawPorts = readonly (number | string)[];

/** A list in the grammar, or a YAML list of such. */
export type RawList = string | readonly string[];

export interface RawPeerMapping {
  readonly namespace?: string | undefined;
  readonly namespaceSelector?: RawSelector | undefined;
  readonly podSelector?: RawSelector | undefined;
  readonly cidrs?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly entities?: readonly Entity[] | undefined;
  readonly ports?: RawPorts | undefined;
}

/** An entry of `peers`, or `dns.peers`. */
export type RawPeer = string | RawPeerMapping | readonly (string | RawPeerMapping)[];

const requirement = mappingOf(
  {
    key: required(text('the key of a label'), 'Key of the label.'),
    operator: required(oneOf(['In', 'NotIn', 'Exists', 'DoesNotExist']), 'How the label is compared.'),
    values: field(
      z.array(text('the value of a label'), { error: 'a list of values of a label' }),
      'Values for In and NotIn.',
    ),
  },
  'a requirement with "key", "operator" and "values"',
);

/** A full LabelSelector. */
export const selectorSchema: z.ZodMiniType<RawSelector> = named(
  mappingOf(
    {
      matchLabels: field(
        z.record(z.string(), text('text, in quotes where YAML reads something else'), { error: 'a mapping of labels' }),
        'Labels that must all be there.',
      ),
      matchExpressions: field(
        z.array(requirement, { error: 'a list of requirements' }),
        'Requirements that must all hold.',
      ),
    },
    'a selector with "matchLabels" or "matchExpressions"',
  ),
  'LabelSelector',
  'A label selector, as Kubernetes writes it; {} selects everything.',
);

const port = z.union(
  [
    z
      .int({ error: 'a port' })
      .check(z.minimum(1, { error: 'a port from 1 to 65535' }), z.maximum(65535, { error: 'a port from 1 to 65535' })),
    text('a port'),
  ],
  { error: 'a port: a number, or text such as "53/udp", "8000-8100" or "metrics"' },
);

/** Ports of a peer. */
export const portsSchema: z.ZodMiniType<RawPorts> = z
  .array(port, { error: 'a list of ports' })
  .check(z.minLength(1, { error: 'a list of ports that is not empty; without "ports" it is all ports' }));

/** A list of peers. */
export const listSchema: z.ZodMiniType<RawList> = named(
  z.union([text('a list'), z.array(text('text: a peer such as "shop/web:80"'), { error: 'a list' })], {
    error: 'a list of peers: text such as "web, shop/cart:80", or a YAML list of such texts',
  }),
  'PeerList',
  'Peers in the grammar of the annotations, such as "web, shop/cart:80", or a YAML list of them.',
);

const serviceName = text('a Service as "namespace/name"', new RegExp(`^${LABEL}/${LABEL}$`));

/** Requests, a line each. */
export const requestsSchema: z.ZodMiniType<RawList> = named(
  z.union([text('requests'), z.array(text('text: a request such as "GET /api"'), { error: 'a list' })], {
    error: 'requests: text such as "GET /api", a line each, or a YAML list of such texts',
  }),
  'Requests',
  'HTTP requests such as "GET /api", with a port before them where it is not clear, a line each, or a YAML list.',
);

const peerMapping = named(
  mappingOf(
    {
      namespace: field(
        namespaceName,
        'Namespace of the pods, by name. Without it, that of the object that uses the peer.',
      ),
      namespaceSelector: field(selectorSchema, 'Namespaces of the pods, by label; {} is every namespace.'),
      podSelector: field(selectorSchema, 'The pods; without it, every pod of the namespaces.'),
      cidrs: field(ranges, 'Ranges of addresses; exceptions follow "!", as in "10.0.0.0/8!10.1.0.0/16".'),
      services: field(
        z.array(serviceName, { error: 'a list of Services' }),
        'Services, such as "default/kubernetes", for dialects that follow a Service to its endpoints: beside "cidrs" the same peer in their words.',
      ),
      entities: field(
        z.array(oneOf(ENTITIES), { error: 'a list of entities' }),
        'Words of Cilium, such as "kube-apiserver": beside "cidrs" the same peer in its words.',
      ),
      ports: field(portsSchema, 'Ports, where this peer is a destination. Without them, all ports.'),
    },
    'a peer with "namespace", "namespaceSelector", "podSelector", "cidrs", "services" or "entities"',
  ),
  'PeerSelector',
  'Pods by label, or ranges of addresses.',
);

const oneOrMore = 'a peer: text in the grammar, a mapping with "podSelector" or "cidrs", or a list of those';

/** What a name of `peers` stands for. */
export const peerSchema: z.ZodMiniType<RawPeer> = named(
  z.union(
    [
      text('a list'),
      peerMapping,
      z
        .array(z.union([text('a list'), peerMapping], { error: oneOrMore }), { error: 'a list' })
        .check(z.minLength(1, { error: 'a list of peers that is not empty' })),
    ],
    { error: oneOrMore },
  ),
  'Peer',
  'Text in the grammar of the annotations, pods by label, ranges of addresses, or a list of those.',
);
