/** Events of the core, from a running host. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { collectLog, configAround, connect, hostOf, requestText } from './host-tools.ts';

/** Waits until the log holds a line; a test that waits in vain fails by its limit. */
async function lineOf(lines: readonly string[], wanted: RegExp): Promise<string> {
  for (;;) {
    const found = lines.find((line) => wanted.test(line));
    if (found) return found;
    await pause(5);
  }
}

test('E_CORE_SR_STATUS_CHANGED tells that the host takes messages; sr_check_status in the startup_route does not yet', async () => {
  const { log, lines } = collectLog();
  const config = configAround(
    `startup_route { sr_check_status("core"); xlog("before $rc"); }
     route { sr_check_status("core"); xlog("behind $rc"); }
     event_route[E_CORE_SR_STATUS_CHANGED] { xlog("$param(group) $param(identifier) $param(status) $param(old_status)"); }`,
  );
  const host = await hostOf(config, { log });
  await host.start();
  try {
    host.inject(requestText());
    await lineOf(lines, /core main 1 -1/);
    assert.ok(lines.some((line) => line.includes('before -1')));
    assert.ok(lines.some((line) => line.includes('behind 1')));
  } finally {
    await host.stop();
  }
});

test('E_CORE_TCP_DISCONNECT tells which connection has gone', async () => {
  const { log, lines } = collectLog();
  const config = configAround(
    'route { exit; } event_route[E_CORE_TCP_DISCONNECT] { xlog("gone $param(proto) $param(src_ip):$param(src_port) to $param(dst_ip):$param(dst_port)"); }',
  );
  const host = await hostOf(config, { log });
  await host.start();
  try {
    const client = await connect(host);
    const [connection] = host.connections;
    const [socket] = host.listeners;
    client.close();
    const line = await lineOf(lines, /gone/);
    assert.match(
      line,
      new RegExp(`gone ws 127.0.0.1:${connection?.remotePort} to 127.0.0.1:${socket?.port}$`),
    );
  } finally {
    await host.stop();
  }
});

test('$log_level and $xlog_level hold for the host until NULL takes them back', async () => {
  const { log, lines } = collectLog();
  const config = configAround(
    `route {
      if ($hdr(X-Do) == "up") { $log_level = 4; $xlog_level = 4; }
      if ($hdr(X-Do) == "down") { $log_level = NULL; $xlog_level = NULL; }
      xlog("L_DBG", "seen $log_level $xlog_level");
      exit;
    }`,
  );
  const host = await hostOf(config, { log });
  await host.start();
  try {
    const seen = () => lines.filter((line) => line.includes('seen'));
    host.inject(requestText('OPTIONS', ['X-Do: nothing']));
    assert.deepEqual(seen(), []);
    host.inject(requestText('OPTIONS', ['X-Do: up']));
    host.inject(requestText('OPTIONS', ['X-Do: nothing']));
    assert.equal(seen().length, 2);
    host.inject(requestText('OPTIONS', ['X-Do: down']));
    assert.equal(seen().length, 2);
  } finally {
    await host.stop();
  }
});

const logEvents = (script: string, more = '') =>
  configAround(
    `startup_route { xlog("L_ERR", "first\\n"); xlog("L_NOTICE", "second\\n"); } route { exit; } ${script}`,
    [],
    `log_event_enabled=yes\n${more}`,
  );

test('E_CORE_LOG tells each line of the log; what its event_route writes, before a wait and behind it, raises none', async () => {
  const { log, lines } = collectLog();
  const config = logEvents(
    `event_route[E_CORE_LOG] {
       if ($param(function) != NULL) exit;
       xlog("told $param(level) $param(message)");
       usleep(1000);
       xlog("done $param(message)");
     }`,
    'loadmodule "cfgutils.so"',
  );
  const host = await hostOf(config, { log });
  await host.start();
  await lineOf(lines, /done first/);
  await lineOf(lines, /done second/);
  await host.stop();
  assert.deepEqual(lines.filter((line) => /(told|done)/.test(line)).sort(), [
    'xlog : done first',
    'xlog : done second',
    'xlog : told ERROR first',
    'xlog : told NOTICE second',
  ]);
});

test('log_event_level_filter: lines above the level raise no E_CORE_LOG', async () => {
  const { log, lines } = collectLog();
  const config = logEvents(
    'event_route[E_CORE_LOG] { if ($param(function) == NULL) xlog("told $param(message)"); }',
    'log_event_level_filter=-1',
  );
  const host = await hostOf(config, { log });
  await host.start();
  await lineOf(lines, /told first/);
  await host.stop();
  assert.deepEqual(
    lines.filter((line) => line.includes('told second')),
    [],
  );
});
