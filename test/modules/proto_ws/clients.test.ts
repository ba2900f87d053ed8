import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import jssip from 'jssip';
import { Registerer, RegistererState, UserAgent } from 'sip.js';
import { WebSocket } from 'ws';
import { jssipSocket, type SendsOptions } from './jssip-client.ts';
import { type StartedProgram, startProgram } from './started-program.ts';
import { frame, goodRequest, requestText, TEXT, WireReader } from './wire.ts';

/** What brings Node's own WebSocket: nothing from 22 on, an option on 20. */
const option = '--experimental-websocket';
const nodeOptions =
  'WebSocket' in globalThis ? [] : process.allowedNodeEnvironmentFlags.has(option) ? [option] : undefined;

/** A program that sends the requests it is given, one behind the answer to the other, and tells what came. */
const nodeClient = `
  const [url, ...requests] = process.argv.slice(1);
  const replies = [];
  const socket = new WebSocket(url, 'sip');
  const next = () => requests.length > 0 ? socket.send(requests.shift()) : socket.close(1000);
  socket.onopen = next;
  socket.onmessage = ({ data }) => { replies.push(data); next(); };
  socket.onerror = ({ message }) => console.error(message);
  socket.onclose = ({ code, wasClean }) =>
    console.log(JSON.stringify({ protocol: socket.protocol, replies, code, wasClean }));
`;

describe('clients of the started program', () => {
  let program: StartedProgram;
  before(async () => {
    program = await startProgram();
  });
  after(async () => {
    assert.equal(await program.stop(), 0);
  });

  test('JsSIP connects, registers, sends OPTIONS and MESSAGE', async () => {
    const ua = new jssip.UA({
      sockets: jssipSocket(`ws://127.0.0.1:${program.port}/`),
      uri: 'sip:alice@example.com',
      register: true,
    });
    const registered = once(ua, 'registered');
    ua.start();
    const [{ response }] = await registered;
    assert.equal(response.status_code, 200);
    assert.match(response.getHeader('Contact'), /^<sip:[^>]+;transport=ws>/);

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

  test('SIP.js connects, registers and sends OPTIONS', async () => {
    Object.assign(globalThis, { WebSocket });
    const uri = UserAgent.makeURI('sip:carol@example.com');
    const target = UserAgent.makeURI('sip:bob@example.com');
    assert.ok(uri && target);
    const agent = new UserAgent({
      uri,
      transportOptions: { server: `ws://127.0.0.1:${program.port}/` },
      logBuiltinEnabled: false,
    });
    await agent.start();
    const registerer = new Registerer(agent);
    const registered = new Promise<void>((resolve) => {
      registerer.stateChange.addListener((state) => {
        if (state === RegistererState.Registered) resolve();
      });
    });
    await registerer.register();
    await registered;

    const core = agent.userAgentCore;
    const status = await new Promise<number | undefined>((resolve) => {
      const answered = ({ message }: { message: { statusCode?: number | undefined } }) =>
        resolve(message.statusCode);
      core.request(core.makeOutgoingRequestMessage('OPTIONS', target, uri, target, {}), {
        onAccept: answered,
        onReject: answered,
      });
    });
    assert.equal(status, 200);
    await agent.stop();
  });

  test('npm ws: text and binary requests, 404 for what nobody serves', async () => {
    const client = new WebSocket(`ws://127.0.0.1:${program.port}/`, 'sip');
    await once(client, 'open');
    assert.equal(client.protocol, 'sip');
    for (const binary of [false, true]) {
      for (const [method, status] of [
        ['OPTIONS', 200],
        ['REGISTER', 200],
        ['MESSAGE', 202],
        ['PUBLISH', 404],
      ] as const) {
        client.send(request(method, `${method}-${binary}`), { binary });
        const [data, isBinary] = await once(client, 'message');
        assert.match(data.toString(), new RegExp(`^SIP/2\\.0 ${status} `));
        assert.equal(isBinary, false, 'replies are text');
      }
    }
    assert.match(program.log(), /PUBLISH for sip:bob@example\.com from 127\.0\.0\.1:\d+/);
    client.close(1000);
    assert.equal((await once(client, 'close'))[0], 1000);
  });

  test("Node's own WebSocket: REGISTER and OPTIONS", {
    skip: nodeOptions ? false : `Node ${process.version} has no WebSocket of its own`,
  }, async () => {
    const requests = ['REGISTER', 'OPTIONS'].map((method) => request(method, `node-${method}`));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      ...(nodeOptions ?? []),
      '--no-warnings',
      '-e',
      nodeClient,
      `ws://127.0.0.1:${program.port}/`,
      ...requests,
    ]);
    assert.equal(stderr, '');
    const { replies, ...end } = JSON.parse(stdout);
    assert.deepEqual(end, { protocol: 'sip', code: 1000, wasClean: true });
    assert.equal(replies.length, 2);
    assert.match(
      replies[0],
      /^SIP\/2\.0 200 OK\r\n[\s\S]*\r\nContact: <sip:dave@client\.invalid;transport=ws>\r\n/,
    );
    assert.match(replies[1], /^SIP\/2\.0 200 OK\r\n[\s\S]*\r\nAllow: OPTIONS, REGISTER, MESSAGE\r\n/);
  });

  test('the same byte by byte', async () => {
    const socket = connect(program.port, '127.0.0.1').setNoDelay(true);
    const reader = new WireReader(socket);
    await once(socket, 'connect');
    // Frames go in two writes each, as the example's ws_max_msg_chunks asks for few reads a message.
    for (const byte of Buffer.from(requestText(goodRequest))) socket.write(Buffer.from([byte]));
    assert.match(await reader.head(), /^HTTP\/1\.1 101 Switching Protocols\r\n/);
    const bytes = frame({ opcode: TEXT, payload: request('OPTIONS', 'bytes') });
    socket.write(bytes.subarray(0, 7));
    socket.write(bytes.subarray(7));
    const reply = (await reader.frame())?.payload.toString() ?? '';
    assert.deepEqual(reply.replace(/;tag=[0-9a-f.]+/, ';tag=TAG').split('\r\n'), [
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/WS client.invalid;received=127.0.0.1;branch=z9hG4bKbytes',
      'To: <sip:bob@example.com>;tag=TAG',
      'From: <sip:dave@example.com>;tag=1',
      'Call-ID: bytes',
      'CSeq: 1 OPTIONS',
      'Accept: application/sdp',
      'Allow: OPTIONS, REGISTER, MESSAGE',
      reply.split('\r\n').find((line) => line.startsWith('Server: ')),
      'Content-Length: 0',
      '',
      '',
    ]);
    socket.destroy();
  });
});

function request(method: string, id: string): string {
  return [
    `${method} sip:bob@example.com SIP/2.0`,
    `Via: SIP/2.0/WS client.invalid;branch=z9hG4bK${id}`,
    'From: <sip:dave@example.com>;tag=1',
    'To: <sip:bob@example.com>',
    `Call-ID: ${id}`,
    `CSeq: 1 ${method}`,
    'Max-Forwards: 70',
    'Contact: <sip:dave@client.invalid;transport=ws>',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
