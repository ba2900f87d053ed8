// Holds a host under 2,000 half-open handshakes and 500 clients that ask and never read, while 50 good clients go on.
// Prints what it saw; ends with 1 where a good client missed an answer, a bad one outlived its deadline, or the host
// kept memory or descriptors. Usage: npm run build && node scripts/half-open.mjs [rounds]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

const rounds = Number(process.argv[2] ?? 2);
const counts = { good: 50, halfOpen: 2000, stalled: 500 };
/** Milliseconds. */
const times = { request: 3000, send: 2000, close: 500, pace: 100, stalledPace: 200, slack: 2000 };
/** Bytes of each answer to a stalled client, so that the buffers of the system fill soon. */
const fill = 60_000;
/** Megabytes that the host may have more than before: in use after a collection, and as a process. */
const memorySlack = { used: 16, rss: 96 };
/** Milliseconds for that: V8 hands freed pages back late, and keeps some for the next time. */
const memoryPatience = 60_000;
/** Loaded into the host in front of the program: tells what is in use after a collection. */
const gauge = `data:text/javascript,${encodeURIComponent(`
  process.on('message', () => {
    globalThis.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send({ used: heapUsed + external, rss });
  });
`)}`;
const complaints = [];

const config = (port) => `log_level=1
stderror_enabled=yes
syslog_enabled=no
tcp_max_connections=4096
tcp_socket_backlog=1024
socket=ws:127.0.0.1:${port}
loadmodule "proto_ws.so"
modparam("proto_ws", "ws_request_timeout", ${times.request})
modparam("proto_ws", "ws_send_timeout", ${times.send})
modparam("proto_ws", "ws_close_timeout", ${times.close})
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
route {
	if (is_method("MESSAGE"))
		append_to_reply("X-Fill: ${'x'.repeat(fill)}\\r\\n");
	send_reply(200, "OK");
}
`;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function startHost(folder) {
  const port = await freePort();
  const file = join(folder, 'opensips.cfg');
  writeFileSync(file, config(port));
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', gauge, 'dist/tsips.js', '-F', '-f', file],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  const log = [];
  child.stderr.setEncoding('utf8').on('data', (text) => log.push(text));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the host ended with ${child.exitCode}: ${log.join('')}`);
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return { child, port, log };
    await wait(50);
  }
}

function request(method, id) {
  return [
    `${method} sip:bob@example.com SIP/2.0`,
    `Via: SIP/2.0/WS client.invalid;branch=z9hG4bK${id}`,
    'From: <sip:alice@example.com>;tag=1',
    'To: <sip:bob@example.com>',
    `Call-ID: ${id}`,
    `CSeq: 1 ${method}`,
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}

/** Asks OPTIONS all the time; an answer that does not come within ten seconds is missed. */
class GoodClient {
  answers = [];
  missed = 0;
  #stopped = false;
  #running;

  constructor(port, name) {
    this.#running = this.#run(port, name).catch((error) => {
      complaints.push(`good client ${name}: ${error.message}`);
    });
  }

  async #run(port, name) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'sip').on('error', () => undefined);
    await once(socket, 'open');
    for (let n = 0; !this.#stopped; n += 1) {
      const began = performance.now();
      socket.send(request('OPTIONS', `${name}-${n}`));
      const [data] = await once(socket, 'message', { signal: AbortSignal.timeout(10_000) }).catch(() => ['']);
      if (String(data).startsWith('SIP/2.0 200 ')) this.answers.push(performance.now() - began);
      else this.missed += 1;
      if (socket.readyState !== WebSocket.OPEN) throw new Error('its connection was closed');
      await wait(times.pace);
    }
    socket.close(1000);
    await once(socket, 'close');
  }

  stop() {
    this.#stopped = true;
    return this.#running;
  }
}

const upgrade =
  'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Protocol: sip\r\nX-Long: ';

/** What a half-open client writes: nothing, a part of the request, or a byte now and then for ever. */
const halfOpenKinds = [
  () => undefined,
  (socket) => void socket.write(upgrade),
  (socket) => {
    socket.write(upgrade);
    const drip = setInterval(() => socket.write('x'), 250);
    socket.once('close', () => clearInterval(drip));
  },
];

/** Milliseconds from the connection to its end, and whether 408 came. */
async function halfOpen(port, number) {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  const began = performance.now();
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  const closed = once(socket, 'close');
  halfOpenKinds[number % halfOpenKinds.length](socket);
  await Promise.race([
    closed,
    wait(times.request + times.close + 5 * times.slack, undefined, { ref: false }),
  ]);
  const lived = performance.now() - began;
  socket.destroy();
  return { lived, refused: answer.startsWith('HTTP/1.1 408 ') };
}

/** Asks for long answers and reads none of them, until its connection is gone or a minute has passed. */
async function stalled(port, number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'sip');
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.pause();
  let gone = false;
  socket.once('close', () => {
    gone = true;
  });
  const began = performance.now();
  for (let n = 0; !gone && performance.now() - began < 60_000; n += 1) {
    socket.send(request('MESSAGE', `stalled-${number}-${n}`), () => undefined);
    await wait(times.stalledPace);
  }
  socket.terminate();
  return { lived: performance.now() - began, gone };
}

const megabytes = (bytes) => Math.round(bytes / 1e6);

/** What the host holds after a collection: megabytes in use and of the process, and descriptors where Linux tells. */
async function holds({ child }) {
  child.send('measure');
  const [{ used, rss }] = await once(child, 'message');
  const folder = `/proc/${child.pid}/fd`;
  const descriptors = existsSync(folder) ? readdirSync(folder).length : 0;
  return { used: megabytes(used), rss: megabytes(rss), descriptors };
}

/** Megabytes of the process at this moment, where Linux tells. */
function resident({ child }) {
  const file = `/proc/${child.pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  const [, kilobytes] = /^VmRSS:\s*(\d+)/m.exec(readFileSync(file, 'utf8')) ?? [];
  return megabytes(Number(kilobytes) * 1024);
}

/** Both kinds of bad clients at once; the connections come in over two seconds. */
async function attack({ port }) {
  const spread = (count, client) =>
    Promise.all(
      Array.from({ length: count }, async (_, number) => {
        await wait((2000 * number) / count);
        return client(port, number).catch((error) => {
          complaints.push(`${client.name} client ${number}: ${error.message}`);
        });
      }),
    );
  const [pending, readers] = await Promise.all([
    spread(counts.halfOpen, halfOpen),
    spread(counts.stalled, stalled),
  ]);
  return { pending: pending.filter(Boolean), readers: readers.filter(Boolean) };
}

function check(good, complaint) {
  if (!good) complaints.push(complaint);
}

const most = (numbers) => Math.round(numbers.reduce((a, b) => Math.max(a, b), 0));
const least = (numbers) => Math.round(numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));

/** The lines of the log from here on that name what ended a connection. */
function dropLines(log, from) {
  const text = log.slice(from).join('');
  const count = (pattern) => text.match(pattern)?.length ?? 0;
  return { sendTimeout: count(/nothing could be written for/g), queue: count(/ws_max_queue/g) };
}

/** What the host holds once it has come back to what it was, or patience is at its end. */
async function settled(host, before) {
  const began = performance.now();
  for (;;) {
    await wait(10_000);
    const after = await holds(host);
    const waited = performance.now() - began;
    const back =
      after.used <= before.used + memorySlack.used &&
      after.rss <= before.rss + memorySlack.rss &&
      after.descriptors <= before.descriptors;
    if (back || waited > memoryPatience) return { after, waited };
  }
}

async function round(host, number, before) {
  const logged = host.log.length;
  let peak = resident(host);
  const watch = setInterval(() => {
    peak = Math.max(peak, resident(host));
  }, 100);
  const { pending, readers } = await attack(host);
  clearInterval(watch);
  const { after, waited } = await settled(host, before);
  const drops = dropLines(host.log, logged);

  const lived = pending.map((client) => client.lived);
  const refused = pending.filter((client) => client.refused).length;
  const readersLived = readers.map((client) => client.lived);
  const readersGone = readers.filter((client) => client.gone).length;
  console.log(`round ${number}`);
  console.log(
    `  half-open: ${refused} of ${counts.halfOpen} got 408 and were closed, after ${least(lived)}–${most(lived)} ms (ws_request_timeout ${times.request})`,
  );
  console.log(
    `  stalled readers: ${readersGone} of ${counts.stalled} closed, after ${least(readersLived)}–${most(readersLived)} ms, which is the time to fill the system's buffers and then ws_send_timeout ${times.send}; by it ${drops.sendTimeout}, by ws_max_queue ${drops.queue}`,
  );
  console.log(
    `  memory in use: ${before.used} MB before, ${after.used} MB after; of the process: ${before.rss} MB before, ${peak} MB at most, ${after.rss} MB ${Math.round(waited / 1000)} s after; descriptors: ${before.descriptors} before, ${after.descriptors} after`,
  );
  check(after.used <= before.used + memorySlack.used, `round ${number}: ${after.used} MB stay in use`);
  check(after.rss <= before.rss + memorySlack.rss, `round ${number}: the process keeps ${after.rss} MB`);
  check(
    after.descriptors <= before.descriptors,
    `round ${number}: the host keeps ${after.descriptors} descriptors`,
  );
  check(
    refused === counts.halfOpen,
    `round ${number}: ${counts.halfOpen - refused} half-open clients without 408`,
  );
  check(
    most(lived) <= times.request + times.close + times.slack,
    `round ${number}: half-open beyond deadline`,
  );
  check(readersGone === counts.stalled, `round ${number}: stalled readers stayed`);
  check(
    drops.sendTimeout + drops.queue === counts.stalled,
    `round ${number}: the log tells of ${drops.sendTimeout + drops.queue} dropped readers`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'tsips-half-open-'));
const host = await startHost(folder);
try {
  const good = Array.from({ length: counts.good }, (_, number) => new GoodClient(host.port, `good${number}`));
  await wait(3000);
  const before = await holds(host);
  for (let number = 1; number <= rounds; number += 1) await round(host, number, before);
  await Promise.all(good.map((client) => client.stop()));

  const answers = good.flatMap((client) => client.answers).sort((a, b) => a - b);
  const missed = good.reduce((sum, client) => sum + client.missed, 0);
  const part = (share) => Math.round(answers[Math.floor((answers.length - 1) * share)] ?? Number.NaN);
  console.log(
    `good clients: ${answers.length} answers to ${counts.good} clients, ${missed} missed; ${part(0.5)} ms median, ${part(0.99)} ms for 99 %, ${part(1)} ms at most`,
  );
  check(missed === 0, `${missed} answers missed`);
  check(
    good.every((client) => client.answers.length > 10),
    'a good client got hardly any answer',
  );
} finally {
  if (host.child.exitCode === null) {
    host.child.kill('SIGTERM');
    const [status] = await once(host.child, 'exit');
    check(status === 0, `the host ended with ${status}`);
  } else complaints.push(`the host ended with ${host.child.exitCode}`);
  rmSync(folder, { recursive: true, force: true });
}
for (const complaint of complaints.slice(0, 20)) console.error(`WRONG: ${complaint}`);
if (complaints.length > 20) console.error(`and ${complaints.length - 20} more`);
console.log(complaints.length === 0 ? 'all well' : 'not well');
process.exit(complaints.length === 0 ? 0 : 1);
