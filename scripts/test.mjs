// Runs every test of build/test, or those whose path contains one of the words given. One that hangs fails in the end.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const words = process.argv.slice(2);
const files = readdirSync('build/test', { recursive: true })
  .map((path) => join('build/test', String(path)))
  .filter((path) => path.endsWith('.test.js'))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .sort();
if (files.length === 0) {
  console.error('no test file matches');
  process.exit(1);
}
// Many tests wait for another process or a timer, so one file more than there are processors keeps these at work.
const together = `--test-concurrency=${availableParallelism() + 1}`;
const options = ['--test', together, '--test-timeout=300000', '--enable-source-maps'];
const { status } = spawnSync(process.execPath, [...options, ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
