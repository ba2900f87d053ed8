// `npm run bench`: what tsips costs beside a bare ws server and, where it is at hand, OpenSIPS. See README.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCommands } from './commands.ts';
import { measureMicro } from './micro.ts';
import { makePlace } from './place.ts';
import { type Place, type Program, programsAtHand } from './programs.ts';
import { crowds, type Scenario, scenarios } from './scenarios.ts';
import { median, printTable } from './table.ts';

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    effort: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

/** The medians of one scenario. */
interface Row {
  readonly name: string;
  readonly unit: string;
  readonly medians: Partial<Record<Program['name'], number>>;
  readonly ratios: Partial<Record<'bare ws' | 'opensips', number>>;
  readonly targets: Scenario['targets'];
}

async function measure(scenario: Scenario, programs: readonly Program[], place: Place): Promise<Row> {
  const samples = new Map<Program['name'], number[]>(programs.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const program of programs) {
      const figure = await scenario.sample(program, place, Number(options.effort)).catch((cause: unknown) => {
        throw new Error(`${scenario.name} of ${program.name}`, { cause });
      });
      if (figure !== undefined) samples.get(program.name)?.push(figure);
    }
  }
  const medians = Object.fromEntries(
    [...samples].flatMap(([name, figures]) => (figures.length > 0 ? [[name, median(figures)]] : [])),
  );
  const ours = medians.tsips ?? Number.NaN;
  const ratioTo = (name: string) => (medians[name] === undefined ? {} : { [name]: ours / medians[name] });
  return {
    name: scenario.name,
    unit: scenario.unit,
    medians,
    ratios: { ...ratioTo('bare ws'), ...ratioTo('opensips') },
    targets: scenario.targets,
  };
}

function cells({ name, unit, medians, ratios, targets }: Row): string[] {
  const figure = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(1)} ${unit}`);
  const ratio = (peer: 'bare ws' | 'opensips') => {
    const [value, target] = [ratios[peer], targets[peer]];
    if (value === undefined) return '';
    if (target === undefined) return value.toFixed(2);
    return `${value.toFixed(2)} (≤ ${target}${value > target ? ', missed' : ''})`;
  };
  return [
    name,
    figure(medians['bare ws']),
    figure(medians.tsips),
    figure(medians.opensips),
    ratio('bare ws'),
    ratio('opensips'),
  ];
}

/** Micro steps and commands have no peers: a table each. */
async function measureOthers(place: Place, wanted: (name: string) => boolean) {
  const rounds = Number(options.rounds);
  const micro = wanted('micro') ? await measureMicro(rounds) : [];
  const commands = wanted('commands') ? await measureCommands(place, rounds) : [];
  return { micro, commands };
}

const folder = mkdtempSync(join(tmpdir(), 'tsips-bench-'));
try {
  const place = await makePlace(folder);
  const programs = programsAtHand();
  const wanted = (name: string) => words.every((word) => name.includes(word));
  const rows: Row[] = [];
  for (const scenario of scenarios.filter(({ name }) => wanted(name))) {
    const row = await measure(scenario, programs, place);
    rows.push(row);
    console.error(
      cells(row)
        .filter((cell) => cell !== '')
        .join('  '),
    );
  }
  const { micro, commands } = await measureOthers(place, wanted);
  if (rows.length > 0) {
    const heads = ['', 'bare ws', 'tsips', 'opensips', ': bare ws', ': opensips'];
    console.log(`${printTable([heads, ...rows.map(cells)])}\n`);
  }
  const [few, many] = [crowds.few, crowds.many].map(
    ({ name }) => rows.find((row) => row.name === name)?.medians.tsips,
  );
  if (few !== undefined && many !== undefined) {
    console.log(`10,000 other connections : 1,000  ${(many / few).toFixed(2)} (≤ 1.05)\n`);
  }
  if (micro.length > 0) {
    const lines = micro.map(({ name, microseconds }) => [name, `${microseconds.toFixed(2)} µs`]);
    console.log(`${printTable([['without sockets', 'tsips'], ...lines])}\n`);
  }
  if (commands.length > 0) {
    const lines = commands.map(({ name, milliseconds, ratio, target }) => [
      name,
      `${milliseconds.toFixed(0)} ms`,
      `${ratio.toFixed(1)}${target === undefined ? '' : ` (≤ ${target}${ratio > target ? ', missed' : ''})`}`,
    ]);
    console.log(printTable([['processor time of a command', 'tsips', ': node -e 0'], ...lines]));
    const times = (name: string) => commands.find((row) => row.name === name)?.milliseconds ?? Number.NaN;
    const growth = times('-C, 50000 lines') / times('-C, 5000 lines');
    console.log(`50,000 lines : 5,000 lines  ${growth.toFixed(1)} (≤ 12)`);
  }
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ rows, micro, commands }, undefined, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
