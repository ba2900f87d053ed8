/** Starts the program with the config that is named, asks each of its listeners, and tells what came. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { program } from '../../program-path.ts';
import { ask, requestText, statusOf } from '../../runtime/host/host-tools.ts';

const listeners = [
  ['10.0.0.1', 44344],
  ['10.0.0.1', 5060],
  ['1.2.3.4', 44344],
] as const;

const [, , file = ''] = process.argv;
const child = spawn(process.execPath, [program, '-F', '-f', file], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(child, 'exit');
const identity = readFileSync('/certs/client.pem');
const tls = {
  ca: readFileSync('/certs/wellknownCAs'),
  cert: identity,
  key: identity,
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1',
  ciphers: 'DEFAULT:@SECLEVEL=0',
} as const;

for (const [address, port] of listeners) {
  while (child.exitCode === null && !(await isOpen(address, port))) await wait(20);
  const url = `wss://${address}:${port}/`;
  const client = new WebSocket(url, 'sip', tls);
  await once(client, 'open');
  console.log(`${url} ${statusOf(await ask(client, requestText()))}`);
  client.terminate();
}
child.kill('SIGTERM');
const [code] = await ended;
process.exitCode = code ?? 1;

function isOpen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
