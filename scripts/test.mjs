// Runs every test of build/test, or those whose path contains one of the words given. One that hangs fails in the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// A process takes half a second to load what most tests import, so many files share one.
const filesInProcess = 12;
// Those that change or measure what a whole process has are in one of their own.
const alone = [
  'modules/auth_db/clients', // a global WebSocket
  'modules/proto_ws/clients', // a global WebSocket
  'modules/proto_wss/clients', // a global WebSocket
  'modules/rr/dialog', // a global window
  'modules/tls_mgm/leaks', // timers are counted
  'runtime/fuzz/messages', // memory is measured
].map((name) => join('build/test', `${name}.test.js`));

// A process that a test has ended would leave the tests behind it out, and one that hangs does not tell where: in a test,
// or behind the last one, where a test that failed has left a host open.
const timeout = 600_000;
const patience = 60_000;
const untilTheEnd = `
import { after, beforeEach } from 'node:test';
let isThrough = false;
let last = 'no test';
after(() => {
  isThrough = true;
  setTimeout(() => {
    console.error('the tests are over, and something that one of them opened keeps the process alive');
    process.exit(1);
  }, ${patience}).unref();
});
beforeEach(({ name }) => {
  last = name;
});
setTimeout(() => console.error('the last test that began and hangs, perhaps: ' + last), ${timeout - 30_000}).unref();
process.on('exit', () => {
  if (isThrough) return;
  console.error('the process has ended before its tests');
  process.exitCode = 1;
});
`;

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
if (isOutdated('dist/tsips.js')) {
  const { status } = spawnSync(process.execPath, ['scripts/bundle.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

// Many tests wait for another process or a timer, so one more than there are processors keeps these at work.
const together = `--test-concurrency=${availableParallelism() + 1}`;
const options = [
  '--test',
  '--test-reporter=spec',
  together,
  `--test-timeout=${timeout}`,
  '--enable-source-maps',
];
const folder = `build/test-processes/${process.pid}`;
mkdirSync(folder, { recursive: true });
const { status } = spawnSync(process.execPath, [...options, ...processes()], { stdio: 'inherit' });
rmSync(folder, { recursive: true });
process.exit(status ?? 1);

/** Whether a source is newer than what was bundled of it. */
function isOutdated(bundle) {
  if (!existsSync(bundle)) return true;
  const { mtimeMs } = statSync(bundle);
  return ['grammar', 'runtime', 'modules'].some((folder) =>
    readdirSync(folder, { recursive: true }).some((path) => statSync(join(folder, path)).mtimeMs > mtimeMs),
  );
}

/**
 * The files that Node runs: for each process that test files share one that imports them, and those that are alone.
 * Neighbours go to different processes, because the dearest stand together.
 */
function processes() {
  const shared = files.filter((file) => !alone.includes(file));
  const count = Math.ceil(shared.length / filesInProcess);
  writeFileSync(join(folder, 'until-the-end.js'), untilTheEnd);
  const entries = Array.from({ length: count }, (_, number) => {
    const entry = join(folder, `${number + 1}.js`);
    const imports = shared.filter((_file, index) => index % count === number);
    const lines = imports.map((file) => `import '../../${file.slice('build/'.length)}';`);
    // First, so that its hooks count for what is imported behind it.
    writeFileSync(entry, [`import './until-the-end.js';`, ...lines].join('\n'));
    return entry;
  });
  return [...entries, ...files.filter((file) => alone.includes(file))];
}
