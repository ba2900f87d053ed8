import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createHost } from '../../../runtime/index.ts';
import { answeringFolder } from '../../example-folder.ts';
import { collectLog } from '../../runtime/host/host-tools.ts';

const scenario = fileURLToPath(new URL('../../../../test/modules/sipp/options.xml', import.meta.url));

/** A config that answers by itself, with sockets of udp and tcp beside its own. */
function configWith(protocol: string): string {
  const lines = `loadmodule "proto_${protocol}.so"\nsocket=${protocol}:127.0.0.1:5060\n`;
  return answeringFolder((text) => `${text}\n${lines}`).config;
}

const calls = 2000;

/** Runs the scenario for all calls; answers sipp's exit status and what it wrote. */
async function runSipp(port: number, transport: string): Promise<{ code: number | null; out: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-sipp-'));
  const child = spawn(
    'sipp',
    [
      ...[
        '-sf',
        scenario,
        '-t',
        transport,
        '-i',
        '127.0.0.1',
        '-m',
        String(calls),
        '-r',
        '1000',
        '-l',
        '200',
        '-max_socket',
        '500',
      ],
      ...['-nostdin', '-timeout', '60s', '-timeout_error', `127.0.0.1:${port}`],
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('latin1').on('data', (text: string) => {
      out += text;
    });
  }
  const [code] = await once(child, 'close');
  rmSync(folder, { recursive: true, force: true });
  return { code, out };
}

const installed = spawnSync('sipp', ['-v']).error === undefined;

for (const [what, protocol, transport] of [
  ['over UDP', 'udp', 'u1'],
  ['over UDP, a socket for each call', 'udp', 'un'],
  ['over one TCP connection', 'tcp', 't1'],
  ['over TCP, a connection for each call', 'tcp', 'tn'],
] as const) {
  test(`sipp ${what}: ${calls} calls of OPTIONS and MESSAGE`, {
    skip: installed ? false : 'sipp (Debian: sip-tester) is not installed',
  }, async () => {
    const host = await createHost({
      file: configWith(protocol),
      log: collectLog(-1).log,
      listenOn: () => '127.0.0.1:0',
    });
    await host.start();
    try {
      const port = host.listeners.find((each) => each.protocol === protocol)?.port ?? 0;
      const { code, out } = await runSipp(port, transport);
      assert.equal(code, 0, out.slice(-3000));
      // Over UDP sipp may have sent one again.
      assert.ok((host.statistics.get(`${protocol}:messages_received`) ?? 0) >= 2 * calls);
      assert.equal(host.statistics.get('core:err_requests'), 0);
    } finally {
      await host.stop();
    }
  });
}
