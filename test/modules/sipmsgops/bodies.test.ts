import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import createModule from '../../../modules/sipmsgops/index.ts';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { call, commandsOf, requestText, runOf } from '../module-tools.ts';

const commands = commandsOf(createModule);
const several = [
  '--b',
  'Content-Type: application/sdp',
  '',
  'v=0',
  '--b',
  'Content-Type: text/plain',
  '',
  'words',
  '--b--',
  '',
].join('\r\n');
const headers = ['Content-Type: multipart/mixed;boundary=b'];

function bodyAfter(name: string, ...args: string[]): string {
  const run = runOf(requestText({ headers, body: several }));
  call(commands[name], run, ...args);
  const [head = '', ...body] = printMessage(run.message).split('\r\n\r\n');
  const type = /\r\nContent-Type: ([^\r]*)/.exec(head)?.[1];
  return `${type}: ${body.join('\r\n\r\n')}`;
}

describe('bodies up to 2.2, by the manual', () => {
  for (const [name, args, wanted] of [
    ['filter_body', ['application/sdp'], 'application/sdp: v=0'],
    ['strip_body', ['application/sdp'], 'text/plain: words'],
    ['strip_body', [], 'undefined: '],
    ['add_body', ['new', 'text/html'], 'text/html: new'],
  ] as const) {
    test(`${name}(${args.join(', ')})`, () => assert.equal(bodyAfter(name, ...args), wanted));
  }
});

describe('change_reply_status', () => {
  const reply = (status: string) => requestText().replace(/^.*\r\n/, `SIP/2.0 ${status}\r\n`);
  for (const [before, code, wanted] of [
    ['486 Busy Here', 404, 'SIP/2.0 404 New'],
    ['200 OK', 202, 'SIP/2.0 202 New'],
    ['180 Ringing', 183, 'SIP/2.0 183 New'],
    ['200 OK', 404, undefined],
    ['180 Ringing', 404, undefined],
    ['404 Not Found', 200, undefined],
    ['404 Not Found', 700, undefined],
  ] as const) {
    test(`${before} → ${code}: ${wanted ?? 'false'}`, () => {
      const run = runOf(reply(before));
      assert.equal(call(commands.change_reply_status, run, code, 'New'), wanted !== undefined);
      assert.equal(printMessage(run.message).split('\r\n')[0], wanted ?? `SIP/2.0 ${before}`);
      assert.equal(run.message.statusCode, wanted === undefined ? Number.parseInt(before, 10) : code);
    });
  }
});

test('append_body_to_reply: the last body that was set, with its length', () => {
  const run = runOf(requestText());
  call(commands.append_body_to_reply, run, 'first');
  call(commands.append_body_to_reply, run, 'second');
  assert.match(buildReply(run.message, 200, 'OK'), /\r\nContent-Length: 6\r\n\r\nsecond$/);
});

test('a boundary that a part already holds is not taken', () => {
  const run = runOf(requestText({ headers: ['Content-Type: text/plain'], body: '--OSS-unique-boundary-42' }));
  call(commands.add_body_part, run, 'more', 'text/plain');
  assert.match(printMessage(run.message), /boundary=OSS-unique-boundary-42-1\r\n/);
});

test('codecs of a body that was replaced are not found', () => {
  const run = runOf(requestText({ headers, body: several }));
  call(commands.remove_body_part, run, 'text/plain');
  assert.equal(call(commands.codec_delete, run, 'PCMU'), false);
});
