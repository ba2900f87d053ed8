// `npm run bench`: what tsips costs beside a bare ws server and, where it is at hand, OpenSIPS. See README.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCommands } from './commands.ts';
import { measureMicro } from './micro.ts';
import { makePlace } from './place.ts';
import { type Place, type Program, programsAtHand } from './programs.ts';
import { type Figures, type Ratio, type Row, ratiosOf, ratiosOfRow, ratioText } from './ratios.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { compareWithStored, storeRatios } from './stored-ratios.ts';
import { median, printTable } from './table.ts';

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    effort: { type: 'string', default: '1' },
    json: { type: 'string' },
    from: { type: 'string' },
    check: { type: 'boolean', default: false },
    store: { type: 'boolean', default: false },
  },
});

if (!(Number(options.rounds) >= 1 && Number(options.effort) > 0)) {
  console.error('--rounds wants a number of at least 1, --effort one above 0');
  process.exit(1);
}
const names = [...scenarios.map(({ name }) => name), 'micro', 'commands'];
if (options.from === undefined && !names.some(isWanted)) {
  console.error(`nothing has these words in its name; there are:\n${names.join('\n')}`);
  process.exit(1);
}
const figures: Figures =
  options.from === undefined ? await measureAll() : JSON.parse(readFileSync(options.from, 'utf8'));
printFigures(figures);
if (options.json !== undefined) {
  const ratios = ratiosOf(figures);
  writeFileSync(options.json, `${JSON.stringify({ ...figures, ratios }, undefined, 2)}\n`);
}
if (options.check) {
  const { table, worse } = compareWithStored(ratiosOf(figures));
  console.log(`\n${table}`);
  if (worse) process.exitCode = 1;
}
if (options.store) storeRatios(ratiosOf(figures));

async function measureAll(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-bench-'));
  try {
    const place = await makePlace(folder);
    const rounds = Number(options.rounds);
    const rows: Row[] = [];
    for (const scenario of scenarios.filter(({ name }) => isWanted(name))) {
      const row = await measure(scenario, programsAtHand(), place);
      rows.push(row);
      console.error(cells(row).join('  '));
    }
    return {
      rows,
      micro: isWanted('micro') ? await measureMicro(rounds) : [],
      commands: isWanted('commands') ? await measureCommands(place, rounds) : [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isWanted(name: string): boolean {
  return words.every((word) => name.includes(word));
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
    [...samples].flatMap(([name, taken]) => (taken.length > 0 ? [[name, median(taken)]] : [])),
  );
  return { name: scenario.name, unit: scenario.unit, medians, targets: scenario.targets };
}

function cells(row: Row): string[] {
  const { name, unit, medians } = row;
  const figure = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(1)} ${unit}`);
  const ratios = ratiosOfRow(row);
  const ratioTo = (peer: string) => textOf(ratios.find(({ against }) => against === peer));
  return [
    name,
    figure(medians['bare ws']),
    figure(medians.tsips),
    figure(medians.opensips),
    ratioTo('bare ws'),
    ratioTo('opensips'),
  ];
}

function textOf(ratio: Ratio | undefined): string {
  return ratio ? ratioText(ratio) : '';
}

/** Servers, steps of a message and commands have a table each; below it what compares rows of it. */
function printFigures(all: Figures): void {
  const { rows, micro, commands } = all;
  const between = (text: string) =>
    ratiosOf(all)
      .filter(({ against }) => against.includes(text))
      .map((ratio) => `${ratio.name} : ${ratio.against}  ${ratioText(ratio)}\n`)
      .join('');
  if (rows.length > 0) {
    const heads = ['', 'bare ws', 'tsips', 'opensips', ': bare ws', ': opensips'];
    console.log(`${printTable([heads, ...rows.map(cells)])}\n${between('other connections')}`);
  }
  if (micro.length > 0) {
    const lines = micro.map(({ name, microseconds }) => [name, `${microseconds.toFixed(2)} µs`]);
    console.log(`${printTable([['without sockets', 'tsips'], ...lines])}\n`);
  }
  if (commands.length > 0) {
    const lines = commands.map(({ name, milliseconds }) => [
      name,
      `${milliseconds.toFixed(0)} ms`,
      textOf(ratiosOf(all).find((ratio) => ratio.name === name && ratio.against === 'node -e 0')),
    ]);
    console.log(
      `${printTable([['processor time of a command', 'tsips', ': node -e 0'], ...lines])}\n${between('lines')}`,
    );
  }
}
