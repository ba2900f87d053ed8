import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manifest } from '../../../modules/proto_wss/index.ts';
import { checkConfig } from '../../../runtime/index.ts';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { collectLog, hostOf, statusOf } from '../../runtime/host/host-tools.ts';
import { addressesAlone, testNetwork } from '../../runtime/net/test-network.ts';
import { AskingClient, okTo, placeOf } from '../asking-client.ts';
import { options } from '../proto_ws/frame-rows.ts';
import { VirtualTimers } from '../proto_ws/virtual-timers.ts';
import {
  CLOSE,
  frame,
  goodAnswer,
  goodRequest,
  openRawServer,
  PING,
  requestText,
  TEXT,
  upgraded,
  WireReader,
} from '../proto_ws/wire.ts';
import { echo } from '../protocol-host.ts';
import { dialTls, domainLines, makeTlsFiles, openRawTlsServer } from '../tls-domains.ts';
import { openSecureEngine, openSecureHost } from './wss-host.ts';

const files = await makeTlsFiles();

/** Defaults and versions of the manual; ours have no version. */
const facts: readonly (readonly [name: string, value: number | string | undefined, since?: string])[] = [
  ['wss_port', 443],
  ['wss_max_msg_chunks', 4],
  ['wss_resource', '/', '2.2'],
  ['wss_handshake_timeout', 100, '2.2'],
  ['wss_tls_handshake_timeout', 100, '3.1'],
  ['wss_send_timeout', 100, '3.1'],
  ['require_origin', 0, '3.2'],
  ['cert_check_on_conn_reusage', 0, '2.4'],
  ['wss_ping_interval', 0],
  ['wss_max_msg_size', 65535],
];

describe('the parameters of proto_wss', () => {
  for (const [name, value, since] of facts) {
    test(`${name}: ${value}, since ${since ?? 'the module is there'}`, () => {
      const schema = Object.entries(manifest.params).find(([param]) => param === name)?.[1];
      assert.equal(schema?.default, value);
      assert.equal(schema?.since, since);
    });
  }

  test('all of proto_ws are here with another prefix, and no other but those of TLS', async () => {
    const { manifest: plain } = await import('../../../modules/proto_ws/index.ts');
    assert.deepEqual(
      Object.keys(manifest.params),
      [...Object.keys(plain.params).map((name) => name.replace(/^ws_/, 'wss_'))].concat([
        'wss_tls_handshake_timeout',
        'cert_check_on_conn_reusage',
      ]),
    );
  });
});

test('proto_wss without tls_mgm: the check aborts with the line to add', async () => {
  const config = 'socket=wss:127.0.0.1:443\nloadmodule "proto_wss.so"\nroute { exit; }\n';
  const { diagnostics, failed } = await checkConfig({ config, listenOn: () => '127.0.0.1:0' });
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  assert.equal(failed, true);
  assert.equal(first?.message, 'proto_wss needs tls_mgm, which is not loaded');
  assert.match(JSON.stringify(first), /add loadmodule \\"tls_mgm\.so\\"/);
});

/** A config with a wss socket without a port, and what is said of its sockets. */
async function labelsOf(more: string): Promise<readonly string[]> {
  const labels: string[] = [];
  await checkConfig({
    config: `socket=wss:127.0.0.1\nloadmodule "proto_wss.so"\n${domainLines(files)}\n${more}\nroute { exit; }\n`,
    listenOn(label) {
      labels.push(label);
      return '127.0.0.1:0';
    },
  });
  return [...new Set(labels)];
}

test('wss_port: the port of a socket that is written without one', async () => {
  assert.deepEqual(await labelsOf(''), ['wss:127.0.0.1:443']);
  assert.deepEqual(await labelsOf('modparam("proto_wss", "wss_port", 7443)'), ['wss:127.0.0.1:7443']);
});

/** A host that passes requests for "there" on, and answers others. */
function relaying(more: readonly string[]): string {
  return `
  socket=ws:127.0.0.1:8080
  socket=wss:127.0.0.1:8443
  tcp_connect_timeout=20000
  loadmodule "proto_ws.so"
  loadmodule "proto_wss.so"
  loadmodule "sl.so"
  ${domainLines(files)}
  ${more.join('\n')}
  route {
    if ($rU == "there") {
      $rU = "here";
      $du = "sip:" + $hdr(X-Next) + ";transport=wss";
      if (!forward()) sl_send_reply(477, "Send failed");
      exit;
    }
    sl_send_reply(200, "OK");
  }`;
}

const patience = [
  'modparam("proto_wss", "wss_handshake_timeout", 20000)',
  'modparam("proto_wss", "wss_tls_handshake_timeout", 20000)',
];

test('wss_port and wss_resource: where a destination has no port, and what is asked for there', async () => {
  const server = await openRawTlsServer(files);
  const host = await hostOf(
    relaying([
      ...patience,
      `modparam("proto_wss", "wss_port", ${server.port})`,
      'modparam("proto_wss", "wss_resource", "/sip?x=1")',
    ]),
  );
  await host.start();
  const client = await AskingClient.of(host);
  const asked = client.ask('127.0.0.1', 1);
  const reader = await server.accepted();
  const request = await reader.head();
  assert.match(request, new RegExp(`^GET /sip\\?x=1 HTTP/1\\.1\r\nHost: 127\\.0\\.0\\.1:${server.port}\r\n`));
  reader.socket.write(requestText(goodAnswer(request)));
  const message = await reader.frame();
  assert.match(String(message?.payload), /^MESSAGE sip:here@example\.com SIP\/2\.0\r\nVia: SIP\/2\.0\/WSS /);
  reader.socket.write(frame({ opcode: TEXT, payload: okTo(String(message?.payload)), masked: false }));
  assert.equal(statusOf((await asked)[0]), 200);
  client.end();
  await host.stop();
  await server.close();
});

/** Times of connections that are opened: where each is set, by the version of the file. */
const times: readonly (readonly [version: string, line: string, milliseconds: number])[] = [
  ['3.6', 'modparam("proto_wss", "wss_tls_handshake_timeout", 60)', 60],
  ['3.1', 'modparam("proto_wss", "wss_tls_handshake_timeout", 70)', 70],
  ['3.0', 'modparam("tls_mgm", "tls_handshake_timeout", 80)', 80],
  ['2.4', 'modparam("tls_mgm", "tls_handshake_timeout", 90)', 90],
  ['3.6', '', 100],
  ['2.4', '', 100],
];

/** The same domains in the form that all versions take. */
function domainsOf(version: string): string {
  if (!version.startsWith('2.')) return domainLines(files);
  return [
    'loadmodule "tls_mgm.so"',
    `modparam("tls_mgm", "certificate", "${files.certificate}")`,
    `modparam("tls_mgm", "private_key", "${files.key}")`,
    `modparam("tls_mgm", "ca_list", "${files.ca}")`,
  ].join('\n');
}

describe('the time of the TLS handshake with a server, which says nothing', () => {
  for (const [version, line, milliseconds] of times) {
    const param =
      version.startsWith('2.') || version === '3.0' ? 'tls_handshake_timeout' : 'wss_tls_handshake_timeout';
    test(`a file of ${version}: ${line || 'no line'}: ${milliseconds} ms`, async () => {
      const deaf = await openRawServer();
      const log = collectLog();
      const config = relaying([line]).replace(domainLines(files), domainsOf(version));
      const text = version.startsWith('2.')
        ? config.replaceAll('socket=', 'listen=').replace('(477, ', '("477", ').replace('(200, ', '("200", ')
        : config;
      const host = await hostOf(text, { log: log.log, version });
      await host.start();
      const client = await AskingClient.of(host);
      const [reply] = await client.ask(`127.0.0.1:${deaf.port}`, 1);
      assert.equal(statusOf(reply), 477);
      assert.match(
        log.from('msg_send')[0] ?? '',
        new RegExp(
          `New TLS connection to 127\\.0\\.0\\.1:${deaf.port} failed: timeout: not done after ${milliseconds} ms \\(${param}\\)`,
        ),
      );
      client.end();
      await host.stop();
      await deaf.close();
    });
  }
});

/** Upgrade requests and what a parameter makes of them. */
const upgrades: readonly (readonly [
  param: string,
  value: string | number,
  lines: readonly string[],
  status: number,
])[] = [
  ['require_origin', 0, goodRequest, 101],
  ['require_origin', 1, goodRequest, 403],
  ['require_origin', 1, [...goodRequest, 'Origin: https://a.example'], 101],
  ['wss_allowed_origins', 'https://*.example', [...goodRequest, 'Origin: https://a.example'], 101],
  ['wss_allowed_origins', 'https://*.example', [...goodRequest, 'Origin: https://a.test'], 403],
  ['wss_allowed_resources', '/sip', goodRequest, 404],
  ['wss_allowed_resources', '/sip', ['GET /sip HTTP/1.1', ...goodRequest.slice(1)], 101],
  ['wss_max_request_size', 256, [...goodRequest, `X: ${'y'.repeat(300)}`], 431],
];

for (const [param, value, lines, status] of upgrades) {
  test(`${param} ${value}: ${lines[0]} ${lines.at(-1)?.slice(0, 30)}: ${status}`, async () => {
    const host = await openSecureHost(files, { params: { [param]: value }, onMessage: echo });
    const reader = new WireReader(await host.dial());
    reader.socket.write(requestText(lines));
    assert.equal(Number((await reader.head()).split(' ')[1]), status);
    reader.socket.destroy();
    await host.close();
  });
}

test('wss_request_timeout: no upgrade request behind the TLS handshake: 408', async () => {
  const host = await openSecureHost(files, { params: { wss_request_timeout: 50 }, onMessage: echo });
  const reader = new WireReader(await host.dial());
  assert.match(await reader.head(), /^HTTP\/1\.1 408 /);
  reader.socket.destroy();
  await host.close();
});

test('wss_trusted_proxies: the client that X-Forwarded-For tells', async () => {
  const sources: MessageSource[] = [];
  const host = await openSecureHost(files, {
    params: { wss_trusted_proxies: '127.0.0.0/8' },
    onMessage: (_, source) => sources.push(source),
  });
  const reader = new WireReader(await host.dial());
  reader.socket.write(requestText([...goodRequest, 'X-Forwarded-For: 192.0.2.7']));
  await reader.head();
  reader.socket.write(frame({ opcode: TEXT, payload: options() }));
  while (sources.length === 0) await new Promise(setImmediate);
  assert.equal(sources[0]?.remoteAddress, '192.0.2.7');
  reader.socket.destroy();
  await host.close();
});

for (const role of ['server', 'client'] as const) {
  test(`wss_ping_interval and wss_pong_timeout, as a ${role}`, async () => {
    const timers = new VirtualTimers();
    const { host, peer, close } = await openSecureEngine(role, files, {
      params: { wss_ping_interval: 30_000, wss_pong_timeout: 10_000 },
      timers,
      onMessage: echo,
    });
    const reader = await peer();
    timers.advance(30_000);
    assert.equal((await reader.frame())?.opcode, PING);
    // Its write is over a turn later; until then the jump of the clock would count for wss_send_timeout.
    await new Promise(setImmediate);
    timers.advance(10_000);
    const received = await reader.frame();
    assert.equal(received?.opcode, CLOSE);
    assert.equal(received?.payload.readUInt16BE(), 1011);
    assert.equal(received?.payload.toString('latin1', 2), 'wss_pong_timeout');
    assert.equal(host.statistic('pings_sent'), 1);
    reader.socket.destroy();
    await close();
  });
}

test('wss_send_timeout: a client that takes nothing is dropped, another one goes on', async () => {
  const sources: MessageSource[] = [];
  const host = await openSecureHost(files, {
    params: { wss_max_queue: 64 * 1024 * 1024 },
    onMessage: (message, source) => {
      if (message.startsWith('flood')) sources.push(source);
      else source.send(message);
    },
  });
  const [stalled, good] = [await upgraded(await host.dial()), await upgraded(await host.dial())];
  stalled.socket.write(frame({ opcode: TEXT, payload: 'flood' }));
  while (sources.length === 0) await new Promise(setImmediate);
  stalled.socket.pause();
  while (sources[0]?.send('x'.repeat(60_000))) await new Promise((go) => setTimeout(go, 5));
  assert.match(host.logged.join('\n'), /ERROR:ws_send: nothing could be written for 100 ms \[127/);
  good.socket.write(frame({ opcode: TEXT, payload: options() }));
  assert.deepEqual((await good.frame())?.payload, options());
  for (const { socket } of [stalled, good]) socket.destroy();
  await host.close();
});

test('wss_close_timeout: a client that does not answer the close is cut off', async () => {
  const host = await openSecureHost(files, { params: { wss_close_timeout: 50 }, onMessage: echo });
  const reader = await upgraded(await host.dial());
  await host.close();
  assert.equal((await reader.frame())?.opcode, CLOSE);
  await reader.rest();
});

describe('cert_check_on_conn_reusage', () => {
  for (const [value, connections] of [
    [0, 1],
    [1, 2],
  ] as const) {
    test(`${value}: two server names at the same address go by ${connections} connections`, async () => {
      const names = ['one.example', 'two.example'];
      const leaf = await files.root.issue({ names });
      const server = await openRawTlsServer({ leaf });
      const host = await hostOf(
        relaying([...patience, `modparam("proto_wss", "cert_check_on_conn_reusage", ${value})`]),
        {
          network: { ...testNetwork, resolver: addressesAlone(async () => ['127.0.0.1']) },
        },
      );
      await host.start();
      const client = await AskingClient.of(host);
      let reader: WireReader | undefined;
      for (const [at, name] of names.entries()) {
        const asked = client.ask(`${name}:${server.port}`, 1);
        if (at < connections) {
          reader = await server.accepted();
          reader.socket.write(requestText(goodAnswer(await reader.head())));
        }
        const request = String((await reader?.frame())?.payload);
        reader?.socket.write(frame({ opcode: TEXT, payload: okTo(request), masked: false }));
        assert.equal(statusOf((await asked)[0]), 200);
      }
      assert.equal(host.statistics.get('wss:dialled'), connections);
      client.end();
      await host.stop();
      await server.close();
    });
  }
});

test('a host with ws and wss sockets answers on the wss one', async () => {
  const host = await hostOf(relaying([]));
  await host.start();
  const port = Number(placeOf(host, 'wss').split(':')[1]);
  const reader = await upgraded(await dialTls(port, files));
  reader.socket.write(frame({ opcode: TEXT, payload: options() }));
  assert.match(String((await reader.frame())?.payload), /^SIP\/2\.0 200 /);
  reader.socket.destroy();
  await host.stop();
});
