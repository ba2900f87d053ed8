// Runs every test of build/test, or those whose path contains one of the words given. One that hangs fails in the end.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// A process takes half a second to load what most tests need, so files share one.
const filesPerProcess = 12;
// These change or measure what belongs to a whole process.
const alone = [
  'modules/auth_db/clients', // gives JsSIP a global WebSocket
  'modules/proto_ws/clients', // the same
  'modules/proto_wss/clients', // the same
  'modules/rr/dialog', // gives JsSIP a window
  'modules/tls_mgm/leaks', // counts timers
  'runtime/fuzz/messages', // measures memory
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

const shared = files.filter((file) => !alone.includes(file));
const folder = 'build/test-processes';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const entries = [...files.filter((file) => alone.includes(file))];
for (let first = 0; first < shared.length; first += filesPerProcess) {
  const together = shared.slice(first, first + filesPerProcess);
  const entry = join(folder, `${String(first).padStart(3, '0')}.test.js`);
  writeFileSync(entry, together.map((file) => `import '../${file.slice('build/'.length)}';\n`).join(''));
  entries.push(entry);
}

// Many tests wait for another process or a timer, so one file more than there are processors keeps these at work.
const together = `--test-concurrency=${availableParallelism() + 1}`;
const options = ['--test', together, '--test-timeout=300000', '--enable-source-maps'];
const { status } = spawnSync(process.execPath, [...options, ...entries], { stdio: 'inherit' });
process.exit(status ?? 1);
