import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { WebSocket } from 'ws';
import { requestText } from '../runtime/host/host-tools.ts';
import { folder, freePort, listening, start, until } from './program.ts';

/** Passes what is for "there" on to X-Next, where it is for "here"; answers all else. */
const configText = (port: number) => `
log_level=3
stderror_enabled=yes
syslog_enabled=no
socket=ws:127.0.0.1:${port}
tcp_connect_timeout=20000 # A busy machine needs more time than 100 ms.
loadmodule "proto_ws.so"
loadmodule "sl.so"
modparam("proto_ws", "ws_handshake_timeout", 20000)
route {
	if ($rU == "there") {
		$rU = "here";
		$du = "sip:" + $hdr(X-Next) + ";transport=ws";
		if (!forward()) sl_send_reply(477, "Send failed");
		exit;
	}
	sl_send_reply(200, "OK $hdr(X-Number) from $si:$sp");
}
`;

interface Program {
  readonly port: number;
  readonly running: ReturnType<typeof start>;
}

async function started(t: TestContext, place: string, port: number): Promise<Program> {
  const file = join(place, `${port}.cfg`);
  writeFileSync(file, configText(port));
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  return { port, running };
}

async function clientOf(t: TestContext, { port }: Program): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'sip');
  t.after(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

/** Sends so many requests at once, for the place that X-Next names; answers the first lines of the replies. */
function ask(socket: WebSocket, next: string, numbers: number): Promise<readonly string[]> {
  const replies: string[] = [];
  return new Promise((resolve) => {
    socket.on('message', function take(data) {
      const reply = String(data);
      replies.push(reply.slice(0, reply.indexOf('\r\n')));
      if (replies.length === numbers) resolve(replies);
      if (replies.length === numbers) socket.off('message', take);
    });
    for (let number = 0; number < numbers; number++) {
      const request = requestText('MESSAGE', [`X-Next: ${next}`, `X-Number: ${number}`]);
      socket.send(request.replace('sip:alice@', 'sip:there@'));
    }
  });
}

/** The address that all replies name, which are 200 and in the order of the requests. */
function peerOf(replies: readonly string[]): string {
  const [, peer = ''] = /from (\S+)$/.exec(replies[0] ?? '') ?? [];
  assert.deepEqual(
    replies,
    replies.map((_, number) => `SIP/2.0 200 OK ${number} from ${peer}`),
  );
  return peer;
}

test('two programs: one dials the other over ws, messages go both ways; one is killed, sends fail, the next one reconnects', async (t) => {
  const place = folder(t);
  const a = await started(t, place, await freePort());
  const b = await started(t, place, await freePort());
  const clientOfA = await clientOf(t, a);
  const clientOfB = await clientOf(t, b);
  const next = `127.0.0.1:${b.port}`;

  const own = peerOf(await ask(clientOfA, next, 500));
  const [there, back] = await Promise.all([ask(clientOfA, next, 500), ask(clientOfB, own, 500)]);
  assert.equal(peerOf(there), own, 'the same connection');
  assert.equal(peerOf(back), next, 'the same connection, the other way');

  b.running.child.kill('SIGKILL');
  await b.running.ended;
  // What is sent before the system tells of the end is lost, as on any connection.
  const refused =
    /cannot send a message to ws:127\.0\.0\.1:\d+: the system could not connect: connect ECONNREFUSED/;
  await until(async () => {
    clientOfA.send(requestText('MESSAGE', [`X-Next: ${next}`]).replace('sip:alice@', 'sip:there@'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    return refused.test(a.running.err());
  }, 'a send that fails');
  clientOfA.terminate();

  const later = await clientOf(t, a);
  assert.deepEqual(new Set(await ask(later, next, 50)), new Set(['SIP/2.0 477 Send failed']));

  await started(t, place, b.port);
  const again = peerOf(await ask(later, next, 500));
  assert.notEqual(again, own);
  assert.equal(a.running.child.exitCode, null);
});
