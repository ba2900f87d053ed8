import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { folder } from '../../cli/program.ts';

/** Where the manuals' certificates are. */
const certs = '/certs';

/** What is run in the namespace: `$1` is the folder of the certificates; the rest is the program to go on with. */
const prepare = `set -e
ip link set lo up
ip address add 10.0.0.1/32 dev lo
ip address add 1.2.3.4/32 dev lo
mount -t tmpfs tmpfs ${certs}
cp -r "$1"/. ${certs}/
shift
exec "$@"`;

const inside = fileURLToPath(new URL('verbatim-client.js', import.meta.url));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Why no namespace with its own network and mounts can be made here; false where one can. */
export function whyNoNamespace(): string | false {
  const { status } = spawnSync('unshare', ['--net', '--mount', 'ip', 'link', 'set', 'lo', 'up']);
  return status === 0 ? false : 'no namespace can be made here: it takes root, unshare and ip';
}

/**
 * Starts the program with a config, and the clients of verbatim-client.ts beside it, in a namespace that has the
 * addresses of the manuals and these certificates under their path.
 */
export async function runVerbatim(t: TestContext, config: string, certificates: string): Promise<Outcome> {
  const file = join(folder(t), 'opensips.cfg');
  writeFileSync(file, config);
  if (!existsSync(certs)) {
    mkdirSync(certs);
    t.after(() => rmdirSync(certs));
  }
  const command = ['sh', '-c', prepare, 'sh', certificates, process.execPath, inside, file];
  const child = spawn('unshare', ['--net', '--mount', ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (part) => {
    out += part;
  });
  child.stderr.on('data', (part) => {
    err += part;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}
