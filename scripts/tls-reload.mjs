// Reads the certificate of a host anew, again and again, while clients exchange messages over wss connections that stay
// and others connect all the time. Prints what it saw; ends with 1 where a connection was dropped, one got an older
// certificate than the last reload had brought, an answer was missed, or the host kept memory.
// Usage: npm run build && node scripts/tls-reload.mjs [reloads] [connections]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { createAuthority } from '../build/test/pki/authority.js';

const reloads = Number(process.argv[2] ?? 1000);
const connections = Number(process.argv[3] ?? 200);
/** Clients that connect, ask once and leave, all the time. */
const comers = 4;
/** Milliseconds: between two questions of a client that stays; until an answer is missed. */
const times = { pace: 200, answer: 20_000 };
/** Megabytes that the host may have more than when a tenth of the reloads was done: after a collection, and as a process. */
const memorySlack = { used: 16, rss: 96 };
const complaints = [];

/** Runs in a process of its own: the host, told by messages what to do. */
const driver = (library, file) => `
  import { createHost } from ${JSON.stringify(library)};
  const host = await createHost({ file: ${JSON.stringify(file)}, listenOn: () => '127.0.0.1:0' });
  await host.start();
  const tls = host.api('tls_mgm');
  const answers = {
    reload: () => tls.reload(),
    statistics: () => ({ done: host.statistics.get('tls:reloads'), failed: host.statistics.get('tls:reload_failed') }),
    memory() {
      globalThis.gc();
      const { heapUsed, external, rss } = process.memoryUsage();
      return { used: heapUsed + external, rss };
    },
    stop: () => host.stop(),
  };
  process.on('message', async (name) => {
    const answer = await answers[name]();
    process.send({ answer });
    if (name === 'stop') process.disconnect();
  });
  process.send({ port: host.listeners[0].port });
`;

const config = (certificate, key) => `log_level=1
stderror_enabled=yes
syslog_enabled=no
tcp_max_connections=4096
tcp_socket_backlog=1024
socket=wss:127.0.0.1:8443
loadmodule "tls_mgm.so"
loadmodule "proto_wss.so"
loadmodule "sl.so"
modparam("tls_mgm", "server_domain", "d")
modparam("tls_mgm", "certificate", "[d]${certificate}")
modparam("tls_mgm", "private_key", "[d]${key}")
modparam("tls_mgm", "verify_cert", "[d]0")
route { sl_send_reply(200, "OK"); }
`;

function check(good, complaint) {
  if (!good) complaints.push(complaint);
}

/** The certificates in the order in which they came, and the files of the one that is newest. */
class Certificates {
  /** By serial number. */
  numbers = new Map();
  /** How many of them the host has surely read. */
  taken = -1;
  #authority;
  #files;

  constructor(authority, folder) {
    this.#authority = authority;
    this.#files = { chain: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  }

  get files() {
    return this.#files;
  }

  get ca() {
    return this.#authority.certificate;
  }

  /** Writes another one. */
  async next() {
    const leaf = await this.#authority.issue();
    this.numbers.set(leaf.serial, this.numbers.size);
    for (const [part, file] of Object.entries(this.#files)) {
      writeFileSync(`${file}.new`, leaf[part]);
      renameSync(`${file}.new`, file);
    }
  }
}

async function startHost(file) {
  const library = new URL('../dist/index.js', import.meta.url).href;
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--input-type=module', '--eval', driver(library, file)],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  const ended = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), ended]);
  if (child.exitCode !== null) throw new Error(`the host ended with ${child.exitCode}`);
  return {
    port: told[0].port,
    ended,
    async ask(name) {
      child.send(name);
      const [{ answer }] = await once(child, 'message');
      return answer;
    },
  };
}

function request(id) {
  return [
    'OPTIONS sip:bob@example.com SIP/2.0',
    `Via: SIP/2.0/WSS client.invalid;branch=z9hG4bK${id}`,
    'From: <sip:alice@example.com>;tag=1',
    'To: <sip:bob@example.com>',
    `Call-ID: ${id}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}

/** Connects; the certificate must be none that was replaced before. */
async function connect(port, certificates) {
  const least = certificates.taken;
  const socket = new WebSocket(`wss://127.0.0.1:${port}/`, 'sip', { ca: certificates.ca });
  let serial = '';
  socket.once('upgrade', (response) => {
    serial = response.socket.getPeerX509Certificate()?.serialNumber ?? '';
  });
  await once(socket, 'open', { signal: AbortSignal.timeout(times.answer) });
  // Whoever goes on without asking hears of its end no more.
  socket.on('error', () => undefined);
  const number = certificates.numbers.get(serial) ?? -1;
  check(number >= least, `a connection after certificate ${least} was read got number ${number}`);
  return socket;
}

async function ask(socket, id) {
  socket.send(request(id));
  const [data] = await once(socket, 'message', { signal: AbortSignal.timeout(times.answer) });
  check(String(data).startsWith('SIP/2.0 200 '), `${id} was answered ${String(data).slice(0, 40)}`);
}

/** Asks all the time on one connection, until it is told to stop. */
async function stay(port, certificates, name, state) {
  const socket = await connect(port, certificates);
  state.open += 1;
  for (let n = 0; !state.stopped; n += 1) {
    await ask(socket, `${name}-${n}`);
    state.answers += 1;
    check(socket.readyState === WebSocket.OPEN, `${name} was closed`);
    await wait(times.pace);
  }
  socket.close(1000);
  await once(socket, 'close');
}

/** Connects, asks and leaves, until it is told to stop. */
async function come(port, certificates, name, state) {
  for (let n = 0; !state.stopped; n += 1) {
    const socket = await connect(port, certificates);
    await ask(socket, `${name}-${n}`);
    state.comings += 1;
    socket.close(1000);
    await once(socket, 'close');
  }
}

function complaining(client, name) {
  return client.catch((error) => complaints.push(`${name}: ${error.message}`));
}

const megabytes = (bytes) => Math.round(bytes / 1e6);

async function memoryOf(host) {
  const { used, rss } = await host.ask('memory');
  return { used: megabytes(used), rss: megabytes(rss) };
}

const folder = mkdtempSync(join(tmpdir(), 'tsips-tls-reload-'));
try {
  const certificates = new Certificates(await createAuthority(), folder);
  await certificates.next();
  certificates.taken = 0;
  const file = join(folder, 'opensips.cfg');
  writeFileSync(file, config(certificates.files.chain, certificates.files.key));
  const host = await startHost(file);
  const { port } = host;

  const state = { stopped: false, open: 0, answers: 0, comings: 0 };
  const names = (kind, count) => Array.from({ length: count }, (_, number) => `${kind}${number}`);
  const clients = names('staying', connections).map((name) =>
    complaining(stay(port, certificates, name, state), name),
  );
  while (state.open < connections && complaints.length === 0) await wait(20);
  clients.push(
    ...names('coming', comers).map((name) => complaining(come(port, certificates, name, state), name)),
  );

  const memory = [await memoryOf(host)];
  const took = [];
  for (let number = 1; number <= reloads && complaints.length === 0; number += 1) {
    await certificates.next();
    const began = performance.now();
    await host.ask('reload');
    took.push(performance.now() - began);
    certificates.taken = number;
    const socket = await connect(port, certificates);
    socket.terminate();
    if (number % Math.ceil(reloads / 10) === 0) memory.push(await memoryOf(host));
  }
  state.stopped = true;
  await Promise.all(clients);
  memory.push(await memoryOf(host));
  const { done, failed } = await host.ask('statistics');
  check(done === reloads && failed === 0, `the host tells of ${done} reloads, and of ${failed} that failed`);
  await host.ask('stop');
  const [status] = await host.ended;
  check(status === 0, `the host ended with ${status}`);

  took.sort((a, b) => a - b);
  const part = (share) => (took[Math.floor((took.length - 1) * share)] ?? Number.NaN).toFixed(1);
  console.log(
    `${done} reloads under ${connections} connections: ${part(0.5)} ms median, ${part(1)} ms at most`,
  );
  console.log(
    `${state.answers} answers on connections that stayed, ${state.comings} connections that came and went`,
  );
  console.log(`memory in use: ${memory.map(({ used }) => used).join(' ')} MB`);
  console.log(`of the process: ${memory.map(({ rss }) => rss).join(' ')} MB`);
  const [, early = memory[0]] = memory;
  const late = memory.at(-1);
  check(late.used <= early.used + memorySlack.used, `${late.used} MB stay in use`);
  check(late.rss <= early.rss + memorySlack.rss, `the process keeps ${late.rss} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const complaint of complaints.slice(0, 20)) console.error(`WRONG: ${complaint}`);
if (complaints.length > 20) console.error(`and ${complaints.length - 20} more`);
console.log(complaints.length === 0 ? 'all well' : 'not well');
process.exit(complaints.length === 0 ? 0 : 1);
