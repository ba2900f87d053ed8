import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import { ask, collectLog, configAround, hostOf, requestText } from '../../runtime/host/host-tools.ts';

async function dial(host: Host, path: string, headers: Readonly<Record<string, string>>): Promise<WebSocket> {
  const [socket] = host.listeners;
  const client = new WebSocket(`ws://127.0.0.1:${socket?.port}${path}`, 'sip', { headers });
  await new Promise((resolve, reject) => client.once('open', resolve).once('error', reject));
  return client;
}

/** Answers 200 with these values as reason, one each in brackets. */
function script(...values: readonly string[]): string {
  return configAround(`route { sl_send_reply(200, "${values.map((value) => `[${value}]`).join('')}"); }`);
}

const reasonOf = (reply: string) => reply.slice('SIP/2.0 200 '.length, reply.indexOf('\r\n'));

test('$ws_request and $ws_header tell of the upgrade request in each message of the connection', async () => {
  const host = await hostOf(
    script(
      '$ws_request(path)',
      '$ws_request(query)',
      '$ws_request(target)',
      '$ws_header(cookie)',
      '$ws_header(X-None)',
      // A word that only the run knows.
      '$(ws_request($rm))',
    ),
  );
  await host.start();
  const a = await dial(host, '/sip?token=1', { Cookie: 'session=abc; other=2' });
  const b = await dial(host, '/', {});
  for (let at = 0; at < 3; at++) {
    assert.equal(
      reasonOf(await ask(a, requestText())),
      '[/sip][token=1][/sip?token=1][session=abc; other=2][<null>][<null>]',
    );
    assert.equal(reasonOf(await ask(b, requestText())), '[/][][/][<null>][<null>][<null>]');
  }
  a.terminate();
  b.terminate();
  await host.stop();
});

test('a header that stands more than once: by its index, from the end, all', async () => {
  const host = await hostOf(
    script('$ws_header(X-A)', '$(ws_header(X-A)[1])', '$(ws_header(X-A)[-1])', '$(ws_header(X-A)[5])'),
  );
  await host.start();
  const [socket] = host.listeners;
  const client = new WebSocket(`ws://127.0.0.1:${socket?.port}/`, 'sip', {
    headers: { 'X-A': ['one', 'two', 'three'] as unknown as string },
  });
  await new Promise((resolve) => client.once('open', resolve));
  assert.equal(reasonOf(await ask(client, requestText())), '[one][two][three][<null>]');
  client.terminate();
  await host.stop();
});

test('they decide in conditions, and are NULL for a message that came by no WebSocket', async () => {
  const host = await hostOf(
    configAround(`route {
      if ($ws_request(path) == NULL) { sl_send_reply(404, "none"); exit; }
      if ($ws_header(Cookie) =~ "session=" && $ws_request(path) == "/sip") sl_send_reply(200, "in");
      else sl_send_reply(403, "out");
    }`),
  );
  await host.start();
  const good = await dial(host, '/sip', { Cookie: 'session=1' });
  const bad = await dial(host, '/sip', {});
  assert.match(await ask(good, requestText()), /^SIP\/2\.0 200 in/);
  assert.match(await ask(bad, requestText()), /^SIP\/2\.0 403 out/);
  assert.match(host.inject(requestText())[0] ?? '', /^SIP\/2\.0 404 none/);
  good.terminate();
  bad.terminate();
  await host.stop();
});

test('the log can show them, whatever bytes a header holds', async () => {
  const log = collectLog(3);
  const host = await hostOf(
    configAround('route { xlog("L_INFO", "from $ws_header(User-Agent)\\n"); sl_send_reply(200, "OK"); }'),
    { log: log.log },
  );
  await host.start();
  const client = await dial(host, '/', { 'User-Agent': 'caf\xe9 1.0' });
  await ask(client, requestText());
  assert.ok(
    log.lines.some((line) => line.includes('from caf\xe9 1.0')),
    log.lines.join('\n'),
  );
  client.terminate();
  await host.stop();
});
