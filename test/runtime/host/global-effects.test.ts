/** The core's globals that real files set: each is known with a stated effect, and what it does is seen from outside. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GlobalSupport } from '../../../grammar/index.ts';
import { globalSupport } from '../../../runtime/globals.ts';
import { checkConfig } from '../../../runtime/index.ts';
import { ask, configAround, connect, hostOf, requestText } from './host-tools.ts';

/**
 * All that at least 3 % of 155 repositories with real configs set, or of those among them with WebSockets or TLS: the name,
 * both shares in percent, and what it does here.
 */
const inUse: readonly (readonly [
  name: string,
  all: number,
  web: number,
  support: GlobalSupport['support'],
])[] = [
  ['mpath', 96.2, 100, 'works'],
  ['log_level', 79.1, 88, 'works'],
  ['log_stderror', 73.7, 77.8, 'works'],
  ['log_facility', 72.9, 81.5, 'works'],
  ['listen', 59.2, 70.4, 'works'],
  ['auto_aliases', 53.5, 81.5, 'works'],
  ['children', 53.3, 66.7, 'no effect'],
  ['socket', 38.7, 35.9, 'works'],
  ['udp_workers', 35.9, 30.8, 'no effect'],
  ['xlog_level', 31.3, 25.6, 'works'],
  ['stderror_enabled', 20.8, 28.2, 'works'],
  ['syslog_enabled', 18.4, 25.6, 'works'],
  ['syslog_facility', 17.6, 23.1, 'works'],
  ['debug', 17.6, 13.6, 'works'],
  ['fork', 17.6, 13.6, 'works'],
  ['alias', 15.2, 18.4, 'works'],
  ['user_agent_header', 12.8, 14.8, 'later'],
  ['debug_mode', 12.4, 16.2, 'works'],
  ['advertised_address', 11.6, 11.1, 'works'],
  ['server_header', 11.4, 11.1, 'works'],
  ['db_default_url', 10, 18.5, 'works'],
  ['dns_try_ipv6', 7.1, 7.5, 'works'],
  ['dns', 6.7, 7.7, 'no effect'],
  ['rev_dns', 6.5, 5.1, 'no effect'],
  ['tcp_workers', 6.1, 9.4, 'no effect'],
  ['mhomed', 5.9, 14.8, 'works'],
  ['tcp_connection_lifetime', 4.3, 16.7, 'works'],
  ['disable_dns_blacklist', 4, 0, 'works'],
  ['open_files_limit', 3.9, 11.1, 'no effect'],
  ['disable_503_translation', 3.9, 11.1, 'works'],
  ['disable_dns_failover', 3.9, 5.1, 'works'],
  ['check_via', 3.5, 5.1, 'no effect'],
  ['tcp_max_connections', 3.3, 9.9, 'works'],
  ['server_signature', 3.1, 0, 'works'],
  ['advertised_port', 3.1, 3.7, 'works'],
  ['tcp_connect_timeout', 3, 7.7, 'works'],
  ['disable_core_dump', 2.6, 5.1, 'no effect'],
  ['dns_retr_no', 2.6, 3.7, 'works'],
  ['dns_retr_time', 2.6, 3.7, 'works'],
  ['tcp_keepalive', 2.3, 7.4, 'works'],
  ['auto_scaling_profile', 1.6, 5.1, 'no effect'],
  ['timer_workers', 1.6, 5.1, 'no effect'],
  ['tcp_keepidle', 1.6, 3.7, 'works'],
  ['tcp_keepcount', 1.3, 3.7, 'no effect'],
  ['tcp_keepinterval', 1.3, 3.7, 'no effect'],
  ['xlog_print_level', 1.3, 3.7, 'works'],
  ['stderror_level_filter', 1, 7.4, 'works'],
  ['auto_scaling_cycle', 1, 3.7, 'no effect'],
  ['syslog_level_filter', 0.6, 3.7, 'works'],
  ['tcp_max_msg_time', 0.6, 3.7, 'works'],
];

for (const [name, all, web, support] of inUse) {
  test(`${name}, set by ${Math.max(all, web)} %: ${support}`, () => {
    const row = globalSupport.get(name);
    assert.equal(row?.support, support);
    assert.notEqual(row?.description, '');
    assert.equal(row?.why === undefined, support === 'works');
  });
}

test('what real files set works or changes nothing, for a reason; what is missing is named', () => {
  const missing = inUse.filter(([, , , support]) => support === 'later').map(([name]) => name);
  assert.deepEqual(missing, ['user_agent_header']);
});

/** Refused by OpenSIPS from 2.1 on, measured with 2.4 and 3.6; 4.7 to 9.7 % of the files still have them. */
const gone: [line: string, help: RegExp][] = [
  ['disable_tcp=yes', /proto_tcp/],
  ['disable_tls=yes', /proto_tls/],
  ['port=5060', /socket=udp/],
];

for (const [line, help] of gone) {
  test(`${line} is refused as in OpenSIPS, with what to write instead`, async () => {
    const { diagnostics } = await checkConfig({ config: configAround('route { exit; }', [], line) });
    const [found] = diagnostics.filter(({ code }) => code === 'unknown-global');
    assert.match(found?.message ?? '', /OpenSIPS 1\.x/);
    assert.match(found?.help ?? '', help);
  });
}

const answering = 'route { sl_send_reply(200, "OK"); }';
const meant = (host: string) =>
  `route { if (is_myself("${host}")) sl_send_reply(200, "Mine"); else sl_send_reply(404, "Not mine"); }`;

const effects: [globals: string, script: string, reply: RegExp][] = [
  ['', answering, /\r\nServer: tsips \(/],
  ['server_signature=no', answering, /^(?![\s\S]*\r\nServer:)/],
  ['server_header="Server: mine 1.0"', answering, /\r\nServer: mine 1\.0\r\n/],
  ['server_header="Server: mine"\nserver_signature=no', answering, /^(?![\s\S]*\r\nServer:)/],
  ['', meant('pbx.example'), /^SIP\/2\.0 404 /],
  ['alias=udp:pbx.example', meant('pbx.example'), /^SIP\/2\.0 200 /],
  ['alias=udp:pbx.example:5060', meant('pbx.example'), /^SIP\/2\.0 200 /],
  ['advertised_address="pbx.example"', meant('pbx.example'), /^SIP\/2\.0 200 /],
];

for (const [globals, script, reply] of effects) {
  test(`${globals.replaceAll('\n', ' ') || 'no globals'}: ${script} gives ${reply}`, async () => {
    const host = await hostOf(configAround(script, [], globals));
    await host.start();
    try {
      const client = await connect(host);
      assert.match(await ask(client, requestText()), reply);
      client.terminate();
    } finally {
      await host.stop();
    }
  });
}
