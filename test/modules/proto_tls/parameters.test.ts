import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manifest } from '../../../modules/proto_tls/index.ts';
import { checkConfig } from '../../../runtime/index.ts';
import { collectLog, hostOf, statusOf } from '../../runtime/host/host-tools.ts';
import { AskingClient } from '../asking-client.ts';
import { openRawServer } from '../proto_ws/wire.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';

const files = await makeTlsFiles();

/** Defaults and versions of the manual; ours have no version. */
const facts: readonly (readonly [name: string, value: number, since?: string])[] = [
  ['tls_port', 5061],
  ['tls_max_msg_chunks', 4],
  ['tls_send_timeout', 100],
  ['tls_handshake_timeout', 100],
  ['tls_crlf_pingpong', 1],
  ['tls_crlf_drop', 0],
  ['cert_check_on_conn_reusage', 0, '2.4'],
  ['tls_async', 1, '3.2'],
  ['tls_async_max_postponed_chunks', 32, '3.2'],
  ['tls_async_local_connect_timeout', 100, '3.2'],
  ['tls_async_handshake_timeout', 10, '3.2'],
  ['tls_max_msg_size', 65535],
  ['tls_max_queue', 1048576],
  ['tls_close_timeout', 1000],
];

for (const [name, value, since] of facts) {
  test(`${name}: ${value}, since ${since ?? 'the module is there'}`, () => {
    const schema = manifest.params[name];
    assert.equal(schema?.default, value);
    assert.equal(schema?.since, since);
  });
}

test('proto_tls without tls_mgm: the check aborts with the line to add', async () => {
  const config = 'socket=tls:127.0.0.1:5061\nloadmodule "proto_tls.so"\nroute { exit; }\n';
  const { diagnostics, failed } = await checkConfig({ config, listenOn: () => '127.0.0.1:0' });
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  assert.equal(failed, true);
  assert.equal(first?.message, 'proto_tls needs tls_mgm, which is not loaded');
  assert.match(JSON.stringify(first), /add loadmodule \\"tls_mgm\.so\\"/);
});

test('tls_port: the port of a socket that is written without one', async () => {
  for (const [line, port] of [
    ['', 5061],
    ['modparam("proto_tls", "tls_port", 7061)', 7061],
  ] as const) {
    const labels: string[] = [];
    await checkConfig({
      config: `socket=tls:127.0.0.1\nloadmodule "proto_tls.so"\n${domainLines(files)}\n${line}\nroute { exit; }\n`,
      listenOn(label) {
        labels.push(label);
        return '127.0.0.1:0';
      },
    });
    assert.deepEqual([...new Set(labels)], [`tls:127.0.0.1:${port}`]);
  }
});

/** The same domains in the form of a version. */
function domainsOf(version: string): string {
  if (!version.startsWith('2.')) return domainLines(files);
  const owner = version === '2.1' ? 'proto_tls' : 'tls_mgm';
  const lines = [
    ['certificate', files.certificate],
    ['private_key', files.key],
    ['ca_list', files.ca],
  ].map(([name, value]) => `modparam("${owner}", "${name}", "${value}")`);
  return [...(version === '2.1' ? [] : ['loadmodule "tls_mgm.so"']), ...lines].join('\n');
}

function config(version: string, line: string): string {
  const old = version.startsWith('2.');
  const status = (code: number) => (old ? `"${code}"` : String(code));
  const socket = old ? 'listen' : 'socket';
  return `
    ${socket}=ws:127.0.0.1:8080
    ${socket}=tls:127.0.0.1:8061
    loadmodule "proto_ws.so"
    loadmodule "proto_tls.so"
    loadmodule "sl.so"
    ${domainsOf(version)}
    ${line}
    route {
      $rU = "here";
      $du = "sip:" + $hdr(X-Next) + ";transport=tls";
      if (!forward()) sl_send_reply(${status(477)}, "Send failed");
    }`;
}

/** Where the time of the handshake is set, by the version of the file. */
const times: readonly (readonly [version: string, line: string, milliseconds: number])[] = [
  ['3.6', 'modparam("proto_tls", "tls_handshake_timeout", 60)', 60],
  ['3.1', 'modparam("proto_tls", "tls_handshake_timeout", 70)', 70],
  ['3.0', 'modparam("tls_mgm", "tls_handshake_timeout", 80)', 80],
  ['2.4', 'modparam("tls_mgm", "tls_handshake_timeout", 90)', 90],
  ['2.1', 'modparam("proto_tls", "tls_handshake_timeout", 95)', 95],
  ['3.6', '', 100],
  ['2.4', '', 100],
];

describe('the time of the TLS handshake with a server, which says nothing', () => {
  for (const [version, line, milliseconds] of times) {
    test(`a file of ${version}: ${line || 'no line'}: ${milliseconds} ms`, async () => {
      const deaf = await openRawServer();
      const log = collectLog();
      const host = await hostOf(config(version, line), { log: log.log, version });
      await host.start();
      const client = await AskingClient.of(host);
      const [reply] = await client.ask(`127.0.0.1:${deaf.port}`, 1);
      assert.equal(statusOf(reply), 477);
      assert.match(
        log.from('msg_send')[0] ?? '',
        new RegExp(
          `New TLS connection to 127\\.0\\.0\\.1:${deaf.port} failed: timeout: not done after ${milliseconds} ms`,
        ),
      );
      client.end();
      await host.stop();
      await deaf.close();
    });
  }
});
