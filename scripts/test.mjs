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
const options = ['--test', together, '--test-timeout=600000', '--enable-source-maps'];
const { status } = spawnSync(process.execPath, [...options, ...processes()], { stdio: 'inherit' });
process.exit(status ?? 1);

/** Whether a source is newer than what was bundled of it. */
function isOutdated(bundle) {
  if (!existsSync(bundle)) return true;
  const { mtimeMs } = statSync(bundle);
  return ['grammar', 'runtime', 'modules'].some((folder) =>
    readdirSync(folder, { recursive: true }).some((path) => statSync(join(folder, path)).mtimeMs > mtimeMs),
  );
}

/** What Node is to run: files, and for each process that files share one that imports them. Neighbours, which are alike and may be the dearest, go to different ones. */
function processes() {
  const folder = 'build/test-processes';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const shared = files.filter((file) => !alone.includes(file));
  const count = Math.ceil(shared.length / filesInProcess);
  const entries = Array.from({ length: count }, (_, number) => {
    const entry = join(folder, `${number + 1}.js`);
    const imports = shared.filter((_file, index) => index % count === number);
    writeFileSync(entry, imports.map((file) => `import '../${file.slice('build/'.length)}';\n`).join(''));
    return entry;
  });
  return [...entries, ...files.filter((file) => alone.includes(file))];
}
