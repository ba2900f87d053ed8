import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectLog, configAround, hostOf } from '../../runtime/host/host-tools.ts';

function config(list: string): string {
  return configAround(
    `startup_route {
	$avp(names) = "port"; $avp(names) = "ip";
	$avp(values) = 5060; $avp(values) = "192.0.2.1";
	raise_event("E_TEST", $avp(names), $avp(values));
}
route { exit; }
event_route[E_TEST, sync] { fetch_event_params("${list}"); xlog("$var(a) $var(b)"); }`,
    ['event_route'],
  );
}

for (const [list, expected] of [
  ['ip=$var(a); port = $var(b)', '192.0.2.1 5060'],
  ['$var(a);$var(b)', '192.0.2.1 5060'],
  ['port=$var(a);none=$var(b)', '5060 <null>'],
] as const) {
  test(`manual of 2.4, fetch_event_params: ${list}`, async () => {
    const { log, lines } = collectLog();
    const host = await hostOf(config(list), { log, version: '2.4' });
    await host.start();
    await host.stop();
    assert.ok(lines.includes(`xlog : ${expected}`), lines.join('\n'));
  });
}

test('manual of 2.4, fetch_event_params: what is no variable is refused at the start', () =>
  assert.rejects(hostOf(config('ip=x'), { version: '2.4' }), /x is no variable/));
