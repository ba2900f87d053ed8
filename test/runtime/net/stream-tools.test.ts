import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteStream, Logger } from '../../../runtime/module-exports.ts';
import { createStreamTools, type HostStreams } from '../../../runtime/net/stream-tools.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { streamGlobals } from '../../modules/protocol-host.ts';
import { recorder, silent } from '../loggers.ts';
import { plainSocket } from '../plain-socket.ts';

const nothing = () => undefined;
function tools(globals: Readonly<Record<string, number>> = {}, log: Logger = silent): HostStreams {
  return createStreamTools({
    globals: streamGlobals(globals),
    timers: createTimers(nothing),
    log,
  });
}

const socket = plainSocket('tcp');

const bind = {
  protocol: 'tcp',
  address: '127.0.0.1',
  port: 0,
  family: 4,
  reusePort: false,
  label: 'tcp:127.0.0.1:0',
  socket: () => socket,
} as const;

/** Lines of the kernel's table about a local port: state, then what the `tr` column and the queue say. */
function kernelLines(port: number): string[] {
  const own = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .filter((line) => line.includes(`: ${own} `));
}

const onLinux = { skip: existsSync('/proc/net/tcp') ? false : 'no /proc/net/tcp here' };

for (const [keepalive, running] of [
  [1, true],
  [0, false],
] as const) {
  test(
    `tcp_keepalive=${keepalive}: the system ${running ? 'probes' : 'does not probe'} what came in`,
    onLinux,
    async () => {
      const taken: Socket[] = [];
      const server = await tools({ tcp_keepalive: keepalive, tcp_keepidle: 60 }).listen(bind, {
        take: (stream: Socket) => void taken.push(stream),
      });
      const client = connect(server.port, '127.0.0.1');
      await once(client, 'connect');
      while (taken.length === 0) await wait(1);
      // `tr` 02 is a running keepalive timer, with the time until it ends in hundredths of a second (Linux, proc_net_tcp).
      const [line = ''] = kernelLines(server.port).filter((each) => / 01 \S+ /.test(each));
      const [, timer, left = ''] = / 01 \S+ (\S\S):(\S+)/.exec(line) ?? [];
      assert.equal(timer, running ? '02' : '00');
      if (running) assert.ok(Number.parseInt(left, 16) <= 6000 && Number.parseInt(left, 16) > 3000, left);
      client.destroy();
      server.stopAccepting();
      await server.closed;
    },
  );
}

/** What `ss` says of a listening socket; undefined where it is not installed. */
function backlogOf(port: number): number | undefined {
  const { status, stdout } = spawnSync('ss', ['-ltnH', `sport = :${port}`], { encoding: 'latin1' });
  return status === 0 ? Number(stdout.split(/\s+/)[2]) : undefined;
}

const withSs = { skip: spawnSync('ss', ['-V']).status === 0 ? false : 'no ss here' };

for (const [what, globals, backlog] of [
  ['as the config says', { tcp_socket_backlog: 7 }, 7],
  ['511 where it says nothing', {}, 511],
] as const) {
  test(`tcp_socket_backlog: ${what}`, withSs, async () => {
    const server = await tools(globals).listen(bind, { take: (stream) => void stream.destroy() });
    const most = Number(readFileSync('/proc/sys/net/core/somaxconn', 'latin1'));
    assert.equal(backlogOf(server.port), Math.min(backlog, most));
    server.stopAccepting();
    await server.closed;
  });
}

/** A server in a process that is stopped: the system takes as many connections for it as its backlog holds. */
async function stoppedServer(): Promise<{ port: number; end(): void }> {
  const script =
    "const s=require('node:net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},()=>console.log(s.address().port))";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  return { port: Number(port), end: () => void child.kill('SIGKILL') };
}

for (const [what, timeout, reason] of [
  [
    'is given up after tcp_connect_timeout',
    100,
    /^OpenFailure: no connection within tcp_connect_timeout: 100 ms \(connect-timeout\)$/,
  ],
  ['is given up when the host stops', 60_000, /^OpenFailure: the host is stopping \(stopping\)$/],
] as const) {
  test(`connect: a peer that does not answer ${what}`, onLinux, async () => {
    const stream = tools({ tcp_connect_timeout: timeout });
    const server = await stoppedServer();
    const open: ByteStream[] = [];
    const target = { protocol: 'tcp', address: '127.0.0.1', port: server.port, socket };
    const stop = setTimeout(() => stream.stop(), 1000);
    await assert.rejects(async () => {
      for (let at = 0; at < 20; at++) open.push(await stream.connect(target));
    }, reason);
    clearTimeout(stop);
    for (const each of open) each.destroy();
    server.end();
  });
}

test('connect: from the address of the socket that the message goes out by', async () => {
  const stream = tools();
  const taken: Socket[] = [];
  const server = await stream.listen(bind, { take: (each: Socket) => void taken.push(each) });
  const target = { protocol: 'tcp', address: '127.0.0.1', port: server.port };
  const out = await stream.connect({ ...target, socket: { ...socket, address: '127.0.0.2' } });
  while (taken.length === 0) await wait(1);
  assert.equal(taken[0]?.remoteAddress, '127.0.0.2');
  out.destroy();
  server.stopAccepting();
  await server.closed;
});

test('listen: what the system says comes back', async () => {
  const server = await tools().listen(bind, { take: (stream) => void stream.destroy() });
  await assert.rejects(tools().listen({ ...bind, port: server.port }, { take: nothing }), {
    code: 'EADDRINUSE',
  });
  server.stopAccepting();
  await server.closed;
});

describe('tcp_max_connections: a place for each stream from its first moment until it is gone', () => {
  test('what came in and what was opened count together; one too many has no place', async () => {
    const logged: string[] = [];
    const streams = tools({ tcp_max_connections: 3 }, recorder(logged));
    const taken: ByteStream[] = [];
    const server = await streams.listen(bind, { take: (each) => void taken.push(each) });
    const target = { protocol: 'tcp', address: '127.0.0.1', port: server.port, socket };
    const out = await streams.connect(target);
    const clients = Array.from({ length: 2 }, () => connect(server.port, '127.0.0.1'));
    while (taken.length < 3) await wait(1);
    // `out` has a place at each of its ends.
    assert.deepEqual(
      taken.map((each) => streams.admit(each)),
      [true, true, false],
    );
    await assert.rejects(streams.connect(target), {
      code: 'connections',
      message: 'maximum number of connections exceeded: 3 (connections)',
    });
    assert.deepEqual(logged, ['ERROR:handle_new_connect: maximum number of connections exceeded: 3']);
    out.destroy();
    for (const each of [...taken, ...clients]) each.destroy();
    server.stopAccepting();
    await server.closed;
    while (streams.admit(out)) await wait(1);
    const open = await tools().listen(bind, { take: (each) => void each.destroy() });
    const later = await streams.connect({ ...target, port: open.port });
    later.destroy();
    open.stopAccepting();
    await open.closed;
  });

  test('an attempt that fails gives its place back', async () => {
    const streams = tools({ tcp_max_connections: 1 });
    const server = await tools().listen(bind, { take: nothing });
    server.stopAccepting();
    await server.closed;
    const target = { protocol: 'tcp', address: '127.0.0.1', port: server.port, socket };
    for (let at = 0; at < 3; at++) {
      await assert.rejects(streams.connect(target), { code: 'connect', message: /ECONNREFUSED/ });
      await wait(1);
    }
  });
});
