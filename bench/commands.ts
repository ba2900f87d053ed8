import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedConfig } from './generated-config.ts';
import { cpuOf } from './process-cost.ts';
import { type Place, programsAtHand, tsipsProgram } from './programs.ts';
import { median } from './table.ts';

/** What a command costs from its start to its end, or to its first listening, beside `node -e 0`. */
export interface CommandRow {
  readonly name: string;
  readonly milliseconds: number;
  /** How many times `node -e 0`. */
  readonly ratio: number;
  /** The most that it may be. */
  readonly target: number | undefined;
}

interface Command {
  readonly name: string;
  readonly target: number | undefined;
  readonly milliseconds: () => number | Promise<number>;
}

const example = fileURLToPath(new URL('../../opensips.cfg.example', import.meta.url));

/** Measures all in turn, so many rounds. */
export async function measureCommands(place: Place, rounds: number): Promise<readonly CommandRow[]> {
  const commands = [emptyNode, ...checks(place), start(place)];
  const figures = commands.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, { milliseconds }] of commands.entries()) figures[at]?.push(await milliseconds());
  }
  const empty = median(figures[0] ?? []);
  return commands.map(({ name, target }, at) => {
    const figure = median(figures[at] ?? []);
    return { name, milliseconds: figure, ratio: figure / empty, target };
  });
}

const emptyNode: Command = {
  name: 'node -e 0',
  target: undefined,
  milliseconds: () => run(['-e', '0'], '.'),
};

function checks({ folder }: Place): Command[] {
  const generated = [...checkTargets].map(([lines, target]) => {
    const file = join(folder, `${lines}.cfg`);
    writeFileSync(file, generatedConfig(lines));
    return { lines, file, target };
  });
  const command = (name: string, argv: readonly string[], target?: number): Command => ({
    name,
    target,
    milliseconds: () => run([tsipsProgram, ...argv], folder),
  });
  return [
    command('-C of the example', ['-C', '-f', example], 3),
    ...generated.map(({ lines, file }) => command(`-C, ${lines} lines`, ['-C', '-f', file])),
    ...generated.map(({ lines, file, target }) => command(`check, ${lines} lines`, ['check', file], target)),
  ];
}

/** How many times `node -e 0` a check of a file with so many lines may cost. */
const checkTargets: ReadonlyMap<number, number | undefined> = new Map([
  [100, undefined],
  [5000, 6],
  [50_000, 45],
]);

function start(place: Place): Command {
  return {
    name: 'start to listening',
    target: 5,
    async milliseconds() {
      const tsips = programsAtHand().find(({ name }) => name === 'tsips');
      if (!tsips) throw new Error('there is no tsips');
      const server = await tsips.start({ protocol: 'ws', script: 'answer' }, place);
      const cost = cpuOf(server.pid) / 1e6;
      await server.stop();
      return cost;
    },
  };
}

/** Milliseconds of processor time, user and system, as bash's `time` tells it of a child in that folder. */
function run(argv: readonly string[], folder: string): number {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...argv], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}`);
  return stderr
    .trim()
    .split(' ')
    .reduce((sum, seconds) => sum + Number(seconds) * 1000, 0);
}
