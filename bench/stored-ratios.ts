import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Ratio } from './ratios.ts';
import { printTable } from './table.ts';

/** What a ratio was when it was stored, and by how much of it a run may be above. */
interface StoredRatio {
  readonly name: string;
  readonly against: string;
  readonly ratio: number;
  readonly tolerance: number;
}

const file = fileURLToPath(new URL('../../bench/stored-ratios.json', import.meta.url));

/** Fresh runs of one program differ by less than this part from each other. */
const usualTolerance = 0.2;

/** Stores the ratios of a run; a tolerance that was set by hand stays, and so does what was not measured. */
export function storeRatios(ratios: readonly Ratio[]): void {
  const before = readStored();
  const measured = ratios.map(({ name, against, value }) => ({
    name,
    against,
    ratio: Number(value.toFixed(2)),
    tolerance: before.find(isOf({ name, against }))?.tolerance ?? usualTolerance,
  }));
  const kept = before.filter((stored) => !measured.some(isOf(stored)));
  writeFileSync(file, `${JSON.stringify([...measured, ...kept], undefined, 2)}\n`);
}

/** Compares a run with what is stored: a table, and whether anything has become dearer than its tolerance allows. */
export function compareWithStored(ratios: readonly Ratio[]): {
  readonly table: string;
  readonly worse: boolean;
} {
  const stored = readStored();
  const compared = ratios.map((ratio) => {
    const before = stored.find(isOf(ratio));
    return { ratio, before, verdict: verdictOf(ratio.value, before) };
  });
  const rows = compared.map(({ ratio: { name, against, value }, before, verdict }) => [
    `${name} : ${against}`,
    value.toFixed(2),
    before ? `${before.ratio.toFixed(2)} ± ${Math.round(before.tolerance * 100)} %` : '',
    verdict,
  ]);
  return {
    table: printTable([['', 'now', 'stored', ''], ...rows]),
    worse: compared.some(({ verdict }) => verdict === 'WORSE'),
  };
}

function verdictOf(value: number, before: StoredRatio | undefined): string {
  if (!before) return 'not stored';
  if (value > before.ratio * (1 + before.tolerance)) return 'WORSE';
  return value < before.ratio * (1 - before.tolerance) ? 'better' : 'as stored';
}

function isOf({ name, against }: Pick<Ratio, 'name' | 'against'>) {
  return (other: Pick<Ratio, 'name' | 'against'>) => other.name === name && other.against === against;
}

function readStored(): readonly StoredRatio[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}
