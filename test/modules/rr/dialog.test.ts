import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import jssip from 'jssip';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { placeOf } from '../asking-client.ts';
import { jssipSocket, type SendsOptions } from '../proto_ws/jssip-client.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';
import { installBrowser } from './browser.ts';
import { type Sipp, sippClient, sippServer, type Transport, withoutSipp } from './sipp.ts';

type Web = 'ws' | 'wss';

const files = await makeTlsFiles();

/** Everything passes without a transaction; what comes by `transport` goes to the WebSocket client with that port. */
const configFor = (web: Web, transport: Transport) => `
socket=${web}:127.0.0.1:8080
socket=${transport}:127.0.0.1:5060
tcp_connect_timeout=20000 # A busy machine needs more time than 100 ms.
loadmodule "proto_${web}.so"
${web === 'wss' ? domainLines(files) : ''}
loadmodule "proto_${transport}.so"
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
	if ($socket_in(proto) == "${transport}") $du = "sip:127.0.0.1:" + $hdr(X-Port) + ";transport=${web}";
	forward();
}
`;

for (const [web, transport] of [
  ['ws', 'udp'],
  ['ws', 'tcp'],
  ['wss', 'udp'],
] as const) {
  describe(`JsSIP over ${web}, sipp over ${transport}, a stateless host between them`, {
    skip: withoutSipp,
  }, () => {
    const { log, lines } = collectLog();
    let host: Host;
    let ua: InstanceType<typeof jssip.UA>;

    before(async () => {
      installBrowser();
      host = await hostOf(configFor(web, transport), { log });
      await host.start();
      ua = new jssip.UA({
        sockets: jssipSocket(`${web}://${placeOf(host, web)}/`, [files.root.certificate]),
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
    const portOfHost = () => host.listeners.find(({ protocol }) => protocol === transport)?.port ?? 0;
    const uriOf = ({ port }: Sipp) => `sip:uas@127.0.0.1:${port};transport=${transport}`;

    async function reaches(name: string, value: number): Promise<void> {
      while (count(name) < value) await pause(10);
    }

    test('INVITE, 200, ACK and BYE go by the recorded routes', async () => {
      const requests = count('fwd_requests');
      const replies = count('fwd_replies');
      const sipp = await sippServer('invited', transport);
      const session = ua.call(uriOf(sipp), {
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
      const options = await sippServer('answers-options', transport);
      const status = await new Promise<number>((resolve, reject) => {
        (ua as unknown as SendsOptions).sendOptions(uriOf(options), undefined, {
          eventHandlers: {
            succeeded: ({ response }) => resolve(response.status_code),
            failed: ({ cause }) => reject(new Error(cause)),
          },
        });
      });
      assert.equal(status, 200);
      assert.equal(await options.ended, 0);

      const messages = await sippServer('answers-message', transport);
      const accepted = await new Promise<number>((resolve, reject) => {
        ua.sendMessage(uriOf(messages), 'Grüße', {
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
        const port = host.connections.find(({ protocol }) => protocol === web)?.remotePort ?? 0;
        const sipp = await sippClient(scenario, portOfHost(), { peer: String(port) }, transport);
        assert.equal(await sipp.ended, 0, lines.join('\n'));
      });
    }
  });
}
