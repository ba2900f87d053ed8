/** IPv6 addresses in scripts, as OpenSIPS 3.6 and 3.1 spell and compare them when asked over [::1] and fd00::2. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListenSocket, MessageSource } from '../../../runtime/module-exports.ts';
import { createRun } from '../../../runtime/script/index.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { script, socket as socket4, source as source4 } from './support.ts';

const socket: ListenSocket = {
  ...socket4,
  protocol: 'ws',
  host: 'fd00:0::2',
  address: 'fd00::2',
  port: 5060,
  family: 6,
  advertisedHost: '[2001:db8::5]',
};
const source: MessageSource = { ...source4, protocol: 'ws', socket, remoteAddress: 'fd00::2' };
const message = [
  'OPTIONS sip:bob@[FD00:0::2] SIP/2.0',
  'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
  'From: <sip:alice@a.example>;tag=1',
  'To: <sip:bob@b.example>',
  'Call-ID: 1',
  'CSeq: 1 OPTIONS\r\n\r\n',
].join('\r\n');

function linesOf(statements: string): readonly string[] {
  const { routes, lines } = script(`route { ${statements} }`, {
    environment: { sockets: () => [socket], aliases: [{ host: 'fd01::1', port: 0 }] },
  });
  assert.deepEqual(routes.problems, []);
  routes.run('R', undefined, createRun(parseMessage(message, source), source, 'R'));
  return lines;
}

const printed: readonly (readonly [variable: string, text: string])[] = [
  ['$si', 'FD00:0:0:0:0:0:0:2'],
  ['$src_ip', 'FD00:0:0:0:0:0:0:2'],
  ['$socket_in', 'ws:[FD00:0:0:0:0:0:0:2]:5060'],
  ['$socket_in(ip)', '[FD00:0:0:0:0:0:0:2]'],
  ['$socket_out', 'ws:[FD00:0:0:0:0:0:0:2]:5060'],
  ['$Ri', '[FD00:0:0:0:0:0:0:2]'],
  ['$rd', '[FD00:0::2]'],
  ['$(si{ip.pton}{ip.ntop})', 'FD00:0:0:0:0:0:0:2'],
];

for (const [variable, text] of printed) {
  test(`${variable} is ${text}`, () => assert.deepEqual(linesOf(`xlog("${variable}");`), [text]));
}

const conditions: readonly (readonly [condition: string, wanted: boolean])[] = [
  ['$si == "FD00:0:0:0:0:0:0:2"', true],
  ['$si == "fd00:0:0:0:0:0:0:2"', true],
  ['$si == "fd00::2"', false],
  ['$si == fd00::2', true],
  ['$si == [fd00::2]', true],
  ['$si == fd00::/16', true],
  ['$si == $socket_in(ip)', false],
  ['is_myself("$si")', true],
  ['is_myself("fd00::2")', true],
  ['is_myself("[FD00:0::2]")', true],
  ['is_myself("FD00:0:0:0:0:0:0:2", 5060)', true],
  ['is_myself("fd00::3")', false],
  ['is_myself("[2001:DB8:0::5]")', true],
  ['is_myself("fd01:0::1")', true],
  ['is_myself("$rd")', true],
  // Up to 2.x.
  ['uri == myself', true],
  ['src_ip == myself', true],
  ['$si == myself', true],
  ['src_ip == fd00::2', true],
  ['src_ip == "fd00::2"', true],
  ['src_ip != "fd00::2"', false],
  ['dst_ip == "[fd00:0::2]"', true],
  ['src_ip =~ "^fd00:0:0:"', true],
];

for (const [condition, wanted] of conditions) {
  test(`${condition} is ${wanted}`, () => {
    assert.deepEqual(linesOf(`if (${condition}) xlog("true"); else xlog("false");`), [String(wanted)]);
  });
}
