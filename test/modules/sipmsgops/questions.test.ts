import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import createModule from '../../../modules/sipmsgops/index.ts';
import { call, commandsOf, type RequestParts, requestText, runOf } from '../module-tools.ts';

const commands = commandsOf(createModule);
const multipart = [
  '--frontier',
  'Content-Type: application/SDP',
  '',
  'v=0',
  '--frontier',
  '',
  'plain words',
  '--frontier--',
  '',
].join('\r\n');

type Row = readonly [name: string, args: readonly string[], message: RequestParts, holds: boolean];

const rows: readonly Row[] = [
  ['is_method', ['INVITE'], {}, true],
  ['is_method', ['invite'], {}, true],
  ['is_method', ['ACK'], {}, false],
  ['is_method', ['INVITE|ACK'], { method: 'ACK' }, true],
  ['is_method', ['INVITE|ACK|BYE'], { method: 'CANCEL' }, false],
  ['is_method', ['X-OWN'], { method: 'X-Own' }, true],
  ['has_totag', [], {}, false],
  ['has_totag', [], { to: '<sip:bob@example.com>;tag=2' }, true],
  ['has_totag', [], { to: '<sip:bob@example.com;tag=2>' }, false],
  ['has_body', [], {}, false],
  ['has_body', [], { body: 'x' }, true],
  ['has_body', ['application/sdp'], { body: 'x' }, false],
  ['has_body', ['application/sdp'], { headers: ['Content-Type: application/sdp'], body: 'v=0' }, true],
  ['has_body', ['application/sdp'], { headers: ['c: Application/SDP;charset=x'], body: 'v=0' }, true],
  ['has_body', ['application/sdp'], { headers: ['Content-Type: text/plain'], body: 'v=0' }, false],
  [
    'has_body',
    ['application/sdp'],
    { headers: ['Content-Type: multipart/mixed;boundary=frontier'], body: multipart },
    true,
  ],
  [
    'has_body_part',
    ['text/plain'],
    { headers: ['Content-Type: multipart/mixed;boundary="frontier"'], body: multipart },
    true,
  ],
  [
    'has_body',
    ['application/isup'],
    { headers: ['Content-Type: multipart/mixed;boundary=frontier'], body: multipart },
    false,
  ],
  [
    'has_body',
    ['multipart/mixed'],
    { headers: ['Content-Type: multipart/mixed;boundary=frontier'], body: multipart },
    true,
  ],
  ['is_present_hf', ['Route'], {}, false],
  ['is_present_hf', ['route'], { headers: ['Route: <sip:a@b>'] }, true],
  ['is_present_hf', ['Supported'], { headers: ['k: path'] }, true],
  ['is_present_hf', ['X-Own'], { headers: ['x-own: 1'] }, true],
  ['is_privacy', ['id'], {}, false],
  ['is_privacy', ['id'], { headers: ['Privacy: user; ID'] }, true],
  ['is_privacy', ['header'], { headers: ['Privacy: id'] }, false],
  ['list_hdr_has_option', ['Supported', 'path'], { headers: ['Supported: 100rel, Path'] }, true],
  ['list_hdr_has_option', ['Supported', 'path'], { headers: ['k: 100rel', 'Supported: path'] }, true],
  ['list_hdr_has_option', ['Supported', 'rel'], { headers: ['Supported: 100rel'] }, false],
  ['ruri_has_param', ['x'], { uri: 'sip:bob@example.com;x' }, true],
  ['ruri_has_param', ['x'], { uri: 'sip:bob@example.com;x=1' }, false],
  ['ruri_has_param', ['x', '1'], { uri: 'sip:bob@example.com;y;x=1?h=2' }, true],
  ['ruri_has_param', ['x', '2'], { uri: 'sip:bob@example.com;x=1' }, false],
  ['ruri_has_param', ['x'], { uri: 'sip:bob;x@example.com' }, false],
  ['is_uri_user_e164', ['sip:+4930123@example.com'], {}, true],
  ['is_uri_user_e164', ['tel:+4930123'], {}, true],
  ['is_uri_user_e164', ['sip:4930123@example.com'], {}, false],
  ['is_uri_user_e164', ['sip:+1@example.com'], {}, false],
  ['is_uri_user_e164', ['sip:+1234567890123456@example.com'], {}, false],
];

describe('questions about messages', () => {
  for (const [name, args, message, holds] of rows) {
    test(`${name}(${args.join(', ')}) is ${holds} of ${JSON.stringify(message).slice(0, 70)}`, () => {
      assert.equal(call(commands[name], runOf(requestText(message)), ...args), holds);
    });
  }

  test('is_method of a reply: the method of CSeq', () => {
    const reply = requestText({ method: 'BYE' }).replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n');
    assert.equal(call(commands.is_method, runOf(reply), 'BYE'), true);
  });

  for (const [name, argument, message] of [
    ['is_method', 'INVITE|FOO', /unknown method in list \[INVITE\|FOO\]/],
    ['is_method', '', /bad method names/],
    ['is_privacy', 'nothing', /invalid privacy value <nothing>/],
  ] as const) {
    test(`${name}("${argument}") is an error at the start`, () => {
      assert.throws(() => call(commands[name], runOf(requestText()), argument), message);
    });
  }
});
