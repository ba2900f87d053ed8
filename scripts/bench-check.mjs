// Times `tsips check` and `tsips -C` of generated configs, as whole processes, beside `node -e 0`; ends with 1 where an
// aim is missed. The yardstick is processor time (user and system, all threads), as bash's `time` tells it: others on
// the machine change it least. All cases take turns, and the median of the rounds counts.
// Usage: npm run build && node scripts/bench-check.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedConfig } from '../build/bench/generated-config.js';

const rounds = Number(process.argv[2] ?? 7);

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Runs a program to its end; answers its processor time and how long it took, in milliseconds. */
function time(args) {
  const script = 'TIMEFORMAT="%3U %3S %3R"; time "$@" 2>&1 >/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr.slice(0, 2000)}`);
  const [user, system, real] = stderr.trim().split(/\s+/).slice(-3).map(Number);
  return { processor: (user + system) * 1000, real: real * 1000 };
}

/** How many times the processor time of `node -e 0` `tsips check` may take, by the lines of its file. */
const aims = new Map([
  [5_000, 6],
  [50_000, 45],
]);

const folder = mkdtempSync(join(tmpdir(), 'tsips-bench-'));
try {
  const cases = [{ name: 'node -e 0', args: ['-e', '0'] }];
  for (const [word, options, aimed] of [
    ['check', ['check'], true],
    ['-C', ['-C', '-f'], false],
  ]) {
    for (const lines of [100, ...aims.keys()]) {
      const file = join(folder, `${lines}.cfg`);
      writeFileSync(file, generatedConfig(lines));
      cases.push({
        name: `tsips ${word}, ${lines} lines`,
        args: ['dist/tsips.js', ...options, file],
        aim: aimed ? aims.get(lines) : undefined,
      });
    }
  }
  const times = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, args } of cases) times.get(name).push(time(args));
  }
  const processor = (name) => median(times.get(name).map((each) => each.processor));
  const empty = processor('node -e 0');
  for (const { name, aim } of cases) {
    const ratio = processor(name) / empty;
    const judged = aim === undefined ? '' : `, aim ${aim}: ${ratio <= aim ? 'kept' : 'MISSED'}`;
    if (ratio > aim) process.exitCode = 1;
    const real = median(times.get(name).map((each) => each.real));
    console.log(
      `${name.padEnd(26)} ${processor(name).toFixed(0).padStart(6)} ms of processor time, ${real.toFixed(0).padStart(6)} ms passed; ${ratio.toFixed(1)} times node -e 0${judged}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
