import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { type FailureSystem, whyNotListening } from '../../../runtime/net/listen-failure.ts';
import { type PortOwner, portOwner } from '../../../runtime/net/port-owner.ts';

const system = (owner?: PortOwner): FailureSystem => ({
  owner: () => owner,
  interfaces: () => [
    { name: 'lo', address: '127.0.0.1', family: 4 },
    { name: 'eth0', address: '192.0.2.7', family: 4 },
  ],
  pid: 100,
});

const rows: readonly (readonly [code: string, port: number, owner: PortOwner | undefined, said: RegExp])[] = [
  ['EACCES', 80, undefined, /^ports below 1024 need rights: .* -u,.* cap_net_bind_service,.* higher port$/],
  ['EACCES', 8080, undefined, /^$/],
  ['EADDRNOTAVAIL', 5060, undefined, /has the address 192\.0\.2\.1; it has 127\.0\.0\.1, 192\.0\.2\.7$/],
  ['EADDRINUSE', 5060, undefined, /^another process has this port \(ss -lntup as root tells which\)/],
  [
    'EADDRINUSE',
    5060,
    { pid: 7, command: 'sipp -p 5060' },
    /^process 7 \(sipp -p 5060\) has this port: stop it/,
  ],
  ['EADDRINUSE', 5060, { pid: 7, command: '' }, /^process 7 has this port/],
  ['EADDRINUSE', 5060, { pid: 100, command: 'tsips' }, /^this process has the port itself: another socket/],
  ['EMFILE', 5060, undefined, /^$/],
];

for (const [code, port, owner, said] of rows) {
  test(`${code} on port ${port}${owner ? ` that process ${owner.pid} has` : ''}`, () => {
    const error = Object.assign(new Error(code), { code });
    const bound = { transport: 'stream', address: '192.0.2.1', port } as const;
    assert.match(whyNotListening(error, bound, system(owner)), said);
  });
}

const onLinux = { skip: existsSync('/proc/net/tcp') ? false : 'no /proc/net here' };

test('the process that has a port: another one, with its command line', onLinux, async () => {
  const script =
    "const s=require('node:net').createServer().listen(0,'127.0.0.1',()=>console.log(s.address().port))";
  const child = spawn(process.execPath, ['-e', script, 'the-holder'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  const owner = portOwner({ transport: 'stream', address: '127.0.0.1', port: Number(port) });
  assert.equal(owner?.pid, child.pid);
  assert.match(owner?.command ?? '', / the-holder$/);
  child.kill();
  await once(child, 'exit');
});

test(
  'the process that has a port: this one, for TCP, UDP and all addresses; each protocol has its own ports',
  onLinux,
  async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const datagrams = createSocket('udp4').bind(0, '127.0.0.1');
    await once(datagrams, 'listening');
    const bound = server.address();
    const tcp = typeof bound === 'object' && bound ? bound.port : 0;
    const udp = datagrams.address().port;
    const pidOf = (transport: 'stream' | 'datagram', address: string, port: number) =>
      portOwner({ transport, address, port })?.pid;
    assert.equal(pidOf('stream', '127.0.0.1', tcp), process.pid);
    assert.equal(pidOf('stream', '0.0.0.0', tcp), process.pid);
    assert.equal(pidOf('datagram', '127.0.0.1', udp), process.pid);
    assert.equal(pidOf('datagram', '0.0.0.0', udp), process.pid);
    assert.equal(pidOf('datagram', '127.0.0.2', udp), undefined);
    assert.equal(portOwner({ transport: 'stream', address: '127.0.0.1', port: tcp }, '/nowhere'), undefined);
    server.close();
    datagrams.close();
  },
);
