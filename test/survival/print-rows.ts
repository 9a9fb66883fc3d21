import { type Outcome, PLACEMENTS, type Row } from './row.ts';

const HEAD: readonly string[] = [
  '| what is done above the function | in the base | in a component | in the outermost overlay | in the base, again outermost |',
  '|---|---|---|---|---|',
];

/** The page's table of what survives Kustomize. */
export function printRows(rows: readonly Row[]): string {
  const lines = rows.map(({ title, outcomes }) => {
    const cells = PLACEMENTS.map((placement) => printOutcome(outcomes[placement]));
    return `| ${[title, ...cells].join(' | ')} |`;
  });
  return [...HEAD, ...lines].join('\n');
}

function printOutcome({ says, refused, warned }: Outcome): string {
  const code = refused ?? warned;
  return `${says ?? 'survives'}${code === undefined ? '' : ` (\`${code}\`)`}`;
}
