import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteStream } from '../../../runtime/module-exports.ts';
import { createStreamTools, type HostStreams } from '../../../runtime/net/stream-tools.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { streamGlobals } from '../../modules/protocol-host.ts';
import { silent } from '../loggers.ts';
import { plainSocket } from '../plain-socket.ts';

const nothing = () => undefined;
function tools(globals: Readonly<Record<string, number>> = {}): HostStreams {
  return createStreamTools({
    globals: streamGlobals(globals),
    timers: createTimers(nothing),
    connections: { size: 0 },
    log: silent,
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
  ['is given up after tcp_connect_timeout', 100, /not connected after 100 ms \(tcp_connect_timeout\)/],
  ['is given up when the host stops', 60_000, /the host is stopping/],
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
