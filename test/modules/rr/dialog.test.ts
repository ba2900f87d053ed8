import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import jssip from 'jssip';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { jssipSocket, type SendsOptions } from '../proto_ws/jssip-client.ts';
import { installBrowser } from './browser.ts';
import { sippClient, sippServer, withoutSipp } from './sipp.ts';

/** Everything passes without a transaction; what comes by udp goes to the WebSocket client with that port. */
const config = `
socket=ws:127.0.0.1:8080
socket=udp:127.0.0.1:5060
loadmodule "proto_ws.so"
loadmodule "proto_udp.so"
loadmodule "rr.so"
loadmodule "sipmsgops.so"
loadmodule "maxfwd.so"
route {
	if (!mf_process_maxfwd_header(10)) exit;
	if (loose_route()) {
		forward();
		exit;
	}
	if (is_method("INVITE")) record_route();
	if ($socket_in(proto) == "udp") $du = "sip:127.0.0.1:" + $hdr(X-Port) + ";transport=ws";
	forward();
}
`;

describe('JsSIP over ws, sipp over udp, a stateless host between them', { skip: withoutSipp }, () => {
  const { log, lines } = collectLog();
  let host: Host;
  let ua: InstanceType<typeof jssip.UA>;

  before(async () => {
    installBrowser();
    host = await hostOf(config, { log });
    await host.start();
    const [ws] = host.listeners.filter(({ protocol }) => protocol === 'ws');
    ua = new jssip.UA({
      sockets: jssipSocket(`ws://127.0.0.1:${ws?.port}/`),
      uri: 'sip:alice@example.com',
      register: false,
      session_timers: false,
    });
    // Without somebody who listens JsSIP refuses a MESSAGE.
    ua.on('newMessage', () => undefined);
    const connected = once(ua, 'connected');
    ua.start();
    await connected;
  });
  after(async () => {
    const gone = once(ua, 'disconnected');
    ua.stop();
    await gone;
    await host.stop();
  });

  const count = (name: string) => host.statistics.get(`core:${name}`) ?? 0;
  const udpPort = () => host.listeners.find(({ protocol }) => protocol === 'udp')?.port ?? 0;

  async function reaches(name: string, value: number): Promise<void> {
    while (count(name) < value) await pause(10);
  }

  test('INVITE, 200, ACK and BYE go by the recorded routes', async () => {
    const requests = count('fwd_requests');
    const replies = count('fwd_replies');
    const sipp = await sippServer('invited');
    const session = ua.call(`sip:uas@127.0.0.1:${sipp.port}`, {
      mediaConstraints: { audio: false, video: false },
      rtcOfferConstraints: { offerToReceiveAudio: true },
    });
    await new Promise<void>((resolve, reject) => {
      session.on('confirmed', () => resolve());
      session.on('failed', ({ cause }: { cause: string }) =>
        reject(new Error(`${cause}\n${lines.join('\n')}`)),
      );
    });
    // INVITE and ACK; 180 and 200.
    await reaches('fwd_requests', requests + 2);
    session.terminate();
    assert.equal(await sipp.ended, 0, lines.join('\n'));
    await reaches('fwd_replies', replies + 3);
    assert.equal(count('fwd_requests'), requests + 3);
    assert.equal(count('drop_requests'), 0);
    assert.equal(count('drop_replies'), 0);
  });

  test('OPTIONS and MESSAGE from JsSIP are answered by sipp', async () => {
    const options = await sippServer('answers-options');
    const status = await new Promise<number>((resolve, reject) => {
      (ua as unknown as SendsOptions).sendOptions(`sip:uas@127.0.0.1:${options.port}`, undefined, {
        eventHandlers: {
          succeeded: ({ response }) => resolve(response.status_code),
          failed: ({ cause }) => reject(new Error(cause)),
        },
      });
    });
    assert.equal(status, 200);
    assert.equal(await options.ended, 0);

    const messages = await sippServer('answers-message');
    const accepted = await new Promise<number>((resolve, reject) => {
      ua.sendMessage(`sip:uas@127.0.0.1:${messages.port}`, 'Grüße', {
        eventHandlers: {
          succeeded: ({ response }) => resolve(response.status_code),
          failed: ({ cause }) => reject(new Error(String(cause))),
        },
      });
    });
    assert.equal(accepted, 200);
    assert.equal(await messages.ended, 0);
  });

  for (const scenario of ['sends-options', 'sends-message']) {
    test(`sipp ${scenario.replace('-', ' ')}; JsSIP answers`, async () => {
      const port = host.connections.find(({ protocol }) => protocol === 'ws')?.remotePort ?? 0;
      const sipp = await sippClient(scenario, udpPort(), { peer: String(port) });
      assert.equal(await sipp.ended, 0, lines.join('\n'));
    });
  }
});
