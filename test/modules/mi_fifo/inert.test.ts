import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkConfig } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';

function config(...lines: readonly string[]): string {
  return ['socket=ws:127.0.0.1:8080', 'loadmodule "proto_ws.so"', ...lines, 'route { exit; }', ''].join('\n');
}

async function findings(text: string, version = '3.6'): Promise<readonly string[]> {
  const { diagnostics } = await checkConfig({ config: text, version, listenOn: () => '127.0.0.1:0' });
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

const fifo = join(tmpdir(), `no-fifo-${process.pid}`);

describe('a management module before there is management', () => {
  for (const [name, more, version] of [
    ['mi_fifo', [], '3.6'],
    ['mi_datagram', ['modparam("mi_datagram", "socket_name", "/tmp/none")'], '3.6'],
    ['httpd', [], '3.6'],
    ['mi_http', ['loadmodule "httpd.so"'], '3.6'],
    ['mi_html', ['loadmodule "httpd.so"'], '3.6'],
    ['mi_json', ['loadmodule "httpd.so"'], '2.4'],
  ] as const) {
    test(`${name} is told of in a note`, async () => {
      const found = await findings(config(`loadmodule "${name}.so"`, ...more), version);
      assert.ok(found.includes(`note ${name}/no-management`));
      assert.deepEqual(
        found.filter((line) => line.startsWith('error ')),
        [],
      );
    });
  }

  test('its parameters are accepted, each with a note', async () => {
    const found = await findings(
      config('loadmodule "mi_fifo.so"', 'modparam("mi_fifo", "fifo_name", "/tmp/f")'),
    );
    assert.deepEqual(found, ['note mi_fifo/no-management', 'note parameter-without-effect']);
  });

  test('a value of another type is an error, as in OpenSIPS', async () => {
    const found = await findings(config('loadmodule "httpd.so"', 'modparam("httpd", "port", "8888")'));
    assert.ok(found.includes('error parameter-wrong-type'));
  });

  test('mi_http without httpd is an error, as in OpenSIPS', async () => {
    const found = await findings(config('loadmodule "mi_http.so"'));
    assert.ok(found.includes('error missing-dependency'));
  });

  test('mi_datagram without socket_name, which OpenSIPS does not start without, is warned of', async () => {
    const found = await findings(config('loadmodule "mi_datagram.so"'));
    assert.ok(found.includes('warning mi_datagram/no-socket-name'));
  });

  test('a start says so in one line and makes no pipe', async () => {
    const collected = collectLog();
    const host = await hostOf(
      config('loadmodule "mi_fifo.so"', `modparam("mi_fifo", "fifo_name", "${fifo}")`),
      { log: collected.log },
    );
    await host.start();
    await host.stop();
    assert.deepEqual(
      collected.lines.filter((line) => line.startsWith('mi_fifo ')),
      ['mi_fifo mod_init: loaded without effect: there is no management in tsips yet'],
    );
    assert.equal(existsSync(fifo), false);
  });
});
