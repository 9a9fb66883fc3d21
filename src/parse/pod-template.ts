import type { ContainerPort, Protocol } from '../model/port.ts';
import { PROTOCOLS } from '../model/port.ts';
import type { StringMap } from '../model/resource.ts';
import { boolean, type Fields, fieldsOf, mapping, mappings, oneOf, portNumber, string, stringMap } from './fields.ts';
import { probedPorts } from './probed-ports.ts';
import { readOnce } from './read-once.ts';

/** What policies need to know of a pod template, or of a Pod. */
export interface PodTemplate {
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  /** Numbers of the ports that probes call. */
  readonly probePorts: readonly number[];
}

/** Reads a mapping with `metadata` and `spec`. Absent parts are empty. */
export const readPodTemplate: (template: Fields) => PodTemplate = readOnce(readTemplate);

function readTemplate(template: Fields): PodTemplate {
  const metadata = mapping(template, 'metadata');
  const spec = mapping(template, 'spec');
  const containers = spec === undefined ? [] : containersOf(spec);
  return {
    labels: metadata === undefined ? {} : stringMap(metadata, 'labels'),
    annotations: metadata === undefined ? {} : stringMap(metadata, 'annotations'),
    ports: containers.flatMap(containerPorts),
    hostNetwork: spec !== undefined && boolean(spec, 'hostNetwork') === true,
    serviceAccount: serviceAccountOf(spec?.value),
    probePorts: [...new Set(containers.flatMap(numbersProbed))],
  };
}

/** `serviceAccount` is its older name. The API takes '' for absent. */
function serviceAccountOf(spec: Fields['value'] | undefined): string {
  const name = spec?.['serviceAccountName'];
  if (typeof name === 'string' && name !== '') return name;
  const older = spec?.['serviceAccount'];
  return typeof older === 'string' && older !== '' ? older : 'default';
}

/** A name means a port of the same container. */
function numbersProbed(container: Fields): number[] {
  const probed = probedPorts(container.value);
  if (probed.length === 0) return [];
  const named = (name: string): number[] =>
    containerPorts(fieldsOf(container.value, container.place, () => undefined))
      .filter((declared) => declared.name === name)
      .map(({ port }) => port);
  return probed.flatMap((port) => (typeof port === 'number' ? [port] : named(port)));
}

/** The ports of one container; an entry without a number is left out after its report. */
export function containerPorts(container: Fields): ContainerPort[] {
  const ports: ContainerPort[] = [];
  for (const entry of mappings(container, 'ports')) {
    const port = portNumber(entry, 'containerPort');
    if (port === undefined) continue;
    ports.push({ name: string(entry, 'name') || undefined, port, protocol: protocolOf(entry) });
  }
  return ports;
}

/** `protocol` of a port; TCP where absent or '', as the API's default. */
export function protocolOf(entry: Fields): Protocol {
  if (entry.value['protocol'] === '') return 'TCP';
  return oneOf(entry, 'protocol', PROTOCOLS) ?? 'TCP';
}

/** Containers that serve for as long as the pod: the main ones and sidecars. */
function containersOf(spec: Fields): readonly Fields[] {
  const first = mappings(spec, 'initContainers');
  const main = mappings(spec, 'containers');
  const sidecars = first.filter((container) => container.value['restartPolicy'] === 'Always');
  return sidecars.length === 0 ? main : [...main, ...sidecars];
}
