import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import jssip from 'jssip';
import { Registerer, RegistererState, UserAgent } from 'sip.js';
import { WebSocket } from 'ws';
import { requestText } from '../../runtime/host/host-tools.ts';
import { jssipSocket, type SendsOptions } from '../proto_ws/jssip-client.ts';
import { type StartedProgram, startProgram } from '../proto_ws/started-program.ts';

describe('clients of the started program over wss', () => {
  let program: StartedProgram;
  let url: string;
  let ca: readonly string[];
  before(async () => {
    program = await startProgram();
    url = `wss://localhost:${program.securePort}/`;
    ca = [readFileSync(join(program.certificates, 'ca-cert.pem'), 'utf8')];
  });
  after(async () => {
    assert.equal(await program.stop(), 0);
  });

  test('JsSIP connects, registers, sends OPTIONS and MESSAGE', async () => {
    const ua = new jssip.UA({
      sockets: jssipSocket(url, ca),
      uri: 'sip:alice@example.com',
      register: true,
    });
    const registered = once(ua, 'registered');
    ua.start();
    const [{ response }] = await registered;
    assert.equal(response.status_code, 200);
    assert.match(response.getHeader('Via'), /^SIP\/2\.0\/WSS /);

    const status = await new Promise<number>((resolve, reject) => {
      (ua as unknown as SendsOptions).sendOptions('sip:bob@example.com', undefined, {
        eventHandlers: {
          succeeded: (event) => resolve(event.response.status_code),
          failed: ({ cause }) => reject(new Error(cause)),
        },
      });
    });
    assert.equal(status, 200);

    const accepted = await new Promise<number>((resolve, reject) => {
      ua.sendMessage('sip:bob@example.com', 'Grüße', {
        eventHandlers: {
          succeeded: (event) => resolve(event.response.status_code),
          failed: ({ cause }) => reject(new Error(String(cause))),
        },
      });
    });
    assert.equal(accepted, 202);
    const gone = once(ua, 'disconnected');
    ua.stop();
    await gone;
  });

  test('SIP.js connects and registers', async () => {
    class Trusting extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { ca: [...ca] });
      }
    }
    Object.assign(globalThis, { WebSocket: Trusting });
    const uri = UserAgent.makeURI('sip:carol@example.com');
    assert.ok(uri);
    const agent = new UserAgent({ uri, transportOptions: { server: url }, logBuiltinEnabled: false });
    await agent.start();
    const registerer = new Registerer(agent);
    const registered = new Promise<void>((resolve) => {
      registerer.stateChange.addListener((state) => {
        if (state === RegistererState.Registered) resolve();
      });
    });
    await registerer.register();
    await registered;
    await agent.stop();
  });

  test('npm ws: text and binary requests, 404 for what nobody serves', async () => {
    const client = new WebSocket(url, 'sip', { ca: [...ca] });
    await once(client, 'open');
    for (const binary of [false, true]) {
      for (const [method, status] of [
        ['OPTIONS', 200],
        ['REGISTER', 200],
        ['MESSAGE', 202],
        ['PUBLISH', 404],
      ] as const) {
        client.send(requestText(method), { binary });
        const [data] = await once(client, 'message');
        assert.match(data.toString(), new RegExp(`^SIP/2\\.0 ${status} `));
      }
    }
    client.close(1000);
    assert.equal((await once(client, 'close'))[0], 1000);
  });

  test('npm ws that does not know the authority: its alert is in the log', async () => {
    const client = new WebSocket(url, 'sip');
    const [error] = await once(client, 'error');
    assert.equal(error.code, 'SELF_SIGNED_CERT_IN_CHAIN');
    while (!/tls_accept: .* failed to accept: /.test(program.log())) await new Promise(setImmediate);
  });
});
