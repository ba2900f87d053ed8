import type { CommandRow } from './commands.ts';
import type { MicroRow } from './micro.ts';
import type { Program } from './programs.ts';
import { crowds, type Scenario } from './scenarios.ts';

/** The medians of one scenario. */
export interface Row {
  readonly name: string;
  readonly unit: Scenario['unit'];
  readonly medians: Partial<Record<Program['name'], number>>;
  readonly targets: Scenario['targets'];
}

/** All that a run of the bench has measured; `--json` writes it. */
export interface Figures {
  readonly rows: readonly Row[];
  readonly micro: readonly MicroRow[];
  readonly commands: readonly CommandRow[];
}

/** What tsips costs by what something else costs. */
export interface Ratio {
  readonly name: string;
  readonly against: string;
  readonly value: number;
  /** The most that it may be; undefined: no target. */
  readonly target: number | undefined;
}

/** Every ratio of a run, in the order of its tables. */
export function ratiosOf(figures: Figures): readonly Ratio[] {
  return [...figures.rows.flatMap(ratiosOfRow), ...crowdRatio(figures), ...commandRatios(figures)];
}

const peers = ['bare ws', 'opensips'] as const;

export function ratiosOfRow({ name, medians, targets }: Row): readonly Ratio[] {
  return peers.flatMap((against) => {
    const { tsips, [against]: theirs } = medians;
    if (tsips === undefined || theirs === undefined) return [];
    return [ratio(name, against, tsips / theirs, targets[against])];
  });
}

function crowdRatio({ rows }: Figures): readonly Ratio[] {
  const [few, many] = [crowds.few, crowds.many].map(
    ({ name }) => rows.find((row) => row.name === name)?.medians.tsips,
  );
  if (few === undefined || many === undefined) return [];
  return [ratio('OPTIONS→200, ws, 10000 other connections', '1000 other connections', many / few, 1.05)];
}

function commandRatios({ commands }: Figures): readonly Ratio[] {
  const times = (lines: number) => commands.find(({ name }) => name === `-C, ${lines} lines`)?.milliseconds;
  const [few, many] = [times(5000), times(50_000)];
  return [
    ...commands.slice(1).map(({ name, ratio: value, target }) => ratio(name, 'node -e 0', value, target)),
    ...(few === undefined || many === undefined
      ? []
      : [ratio('-C, 50000 lines', '-C, 5000 lines', many / few, 12)]),
  ];
}

function ratio(name: string, against: string, value: number, target?: number): Ratio {
  return { name, against, value, target };
}

/** `1.21 (≤ 1.05, missed)` */
export function ratioText({ value, target }: Ratio): string {
  if (target === undefined) return value.toFixed(2);
  return `${value.toFixed(2)} (≤ ${target}${value > target ? ', missed' : ''})`;
}
