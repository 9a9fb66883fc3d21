import assert from 'node:assert/strict';
import { writeOutput } from '../../src/emit/write-output.ts';
import type { Input } from '../../src/model/input.ts';
import { splitDocuments } from '../../src/parse/input/document.ts';
import { behindLine, splitLines, startOfLine } from '../../src/parse/input/lines.ts';
import { describeCases } from '../cases/case-folder.ts';
import { type CorpusFile, caseInputs, samples, uglyFiles, yamlFiles } from './corpus.ts';
import { NO_CHANGES, open } from './opened.ts';
import { parseAll, parseMapping } from './yaml.ts';

const KUBERNETES = (): CorpusFile[] => [...samples(), ...uglyFiles(), ...caseInputs()];

describeCases('what comes in goes out byte for byte', () => {
  it('has files to pass through', () => {
    assert.ok(samples().length >= 6 && uglyFiles().length >= 45 && caseInputs().length >= 25);
    assert.ok(yamlFiles().length >= 400);
  });

  for (const { name, text } of KUBERNETES()) {
    it(`${name}`, () => {
      const { input, problems } = open(text);
      if (input === undefined) return assert.match(name, /unparsable/, JSON.stringify(problems));
      assert.equal(writeOutput(input, NO_CHANGES, []), text);
    });

    it(`${name}, as items of a ResourceList`, () => {
      const list = wrapDocuments(text);
      if (list === undefined) return;
      const { input } = open(list);
      assert.equal(input?.form, 'resource-list');
      assert.equal(writeOutput(input, NO_CHANGES, []), list);
      assertValues(input, list);
    });
  }

  it('documents of any YAML are split as a parser splits them', () => {
    for (const { name, text } of yamlFiles()) {
      const documents = parseAll(text);
      if (documents === undefined) continue;
      const lines = splitLines(text);
      const sliced = splitDocuments(text, lines).map(({ from, contentTo }) => {
        const [value] = parseAll(text.slice(startOfLine(lines, from), startOfLine(lines, contentTo))) ?? ['refused'];
        return value ?? null;
      });
      assert.deepEqual(sliced, documents, name);
    }
  });

  it('any YAML passes as the data of an item, and is read as a parser reads it', () => {
    let compared = 0;
    for (const { name, text } of yamlFiles()) {
      for (const list of [wrapData(text, '    '), wrapData(text, '  '), wrapItem(text)]) {
        const { input, problems } = open(list);
        if (input === undefined) assert.notDeepEqual(problems, [], name);
        else if (!/^results/m.test(list)) assert.equal(writeOutput(input, NO_CHANGES, []), list, name);
        if (input !== undefined && parseMapping(list) !== undefined) compared += assertValues(input, list);
      }
    }
    assert.ok(compared > 500, `only ${compared} values were compared`);
  });

  it('any YAML is a stream, or is refused with a reason', () => {
    for (const { name, text } of yamlFiles()) {
      const { input, problems } = open(text);
      if (input === undefined) assert.ok(problems.length > 0, name);
      else assert.equal(writeOutput(input, NO_CHANGES, []), text, name);
    }
  });
});

/** Compares the items that are no lists with those of a parser of the whole text, and counts them. */
function assertValues(input: Input, list: string): number {
  const items = parseMapping(list)?.['items'];
  if (!Array.isArray(items) || input.layout.sites.length !== items.length) return 0;
  for (const item of input.items) assert.deepEqual(item.read(), { value: items[item.index] });
  return input.items.length;
}

/** The documents of a stream as items, each line behind two spaces; undefined where one of them is not plain. */
function wrapDocuments(text: string): string | undefined {
  const lines = splitLines(text);
  if (/^\uFEFF|\t|^\{/m.test(text) || /ResourceList/.test(text)) return undefined;
  const items = splitDocuments(text, lines).map(({ contentFrom, contentTo, hasMarker }) => {
    const from = hasMarker ? contentFrom + 1 : contentFrom;
    const content = Array.from({ length: Math.max(0, contentTo - from) }, (_, number) => from + number);
    return content.map((number) => `  ${text.slice(lines.starts[number], behindLine(lines, number))}`).join('');
  });
  const kept = items.filter((item) => /^ *[^#\s]/m.test(item));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const head = ['apiVersion: config.kubernetes.io/v1', 'kind: ResourceList', 'items:', ''].join(newline);
  const body = kept.map((item) => `-${newline}${/\n$/.test(item) ? item : item + newline}`).join('');
  return kept.length === 0 ? undefined : head + body;
}

function wrapData(text: string, indent: string): string {
  return listOf(`- apiVersion: v1\n  kind: ConfigMap\n  data:\n${indented(text, indent)}\n`);
}

function wrapItem(text: string): string {
  return listOf(`-\n${indented(text, '  ')}\n`);
}

function listOf(item: string): string {
  const next = '- apiVersion: v1\n  kind: Secret\nfunctionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n';
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${item}${next}`;
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}
