/** What RFC 3261 rejects: the code, the status of an answer, and whether there can be one. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { SipParseError, sipErrors } from '../../../runtime/sip/errors.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { replyText, requestText } from './messages.ts';

type Row = readonly [what: string, text: string, code: string, answer: string | undefined];

const request = requestText;
const first = (line: string) => request({ first: line });

const rows: readonly Row[] = [
  ['§7.5 nothing', '', 'SIP_EMPTY', undefined],
  ['§7.5 only line ends', '\r\n\r\n', 'SIP_EMPTY', undefined],
  ['§7.1 no line end', 'OPTIONS sip:a@b SIP/2.0', 'SIP_FIRST_LINE', undefined],
  ['§7.1 no version', first('OPTIONS sip:a@b'), 'SIP_FIRST_LINE', '400 Malformed Request Line'],
  [
    '§7.1 another protocol',
    first('OPTIONS sip:a@b HTTP/1.1'),
    'SIP_FIRST_LINE',
    '400 Malformed Request Line',
  ],
  ['§7.1 two spaces', first('OPTIONS  sip:a@b SIP/2.0'), 'SIP_FIRST_LINE', '400 Malformed Request Line'],
  [
    '§7.1 a space behind the version',
    first('OPTIONS sip:a@b SIP/2.0 '),
    'SIP_FIRST_LINE',
    '400 Malformed Request Line',
  ],
  ['§7.1 a space in front', first(' OPTIONS sip:a@b SIP/2.0'), 'SIP_METHOD', undefined],
  ['§7.1 method is no token', first('OP@TIONS sip:a@b SIP/2.0'), 'SIP_METHOD', undefined],
  ['§7.1 method alone', first('OPTIONS'), 'SIP_METHOD', undefined],
  ['§21.5.6 version 3.0', first('OPTIONS sip:a@b SIP/3.0'), 'SIP_VERSION', '505 SIP Version Not Supported'],
  ['§21.5.6 version 2.1', first('OPTIONS sip:a@b SIP/2.1'), 'SIP_VERSION', '505 SIP Version Not Supported'],
  [
    '§19.1.1 Request-URI without scheme',
    first('OPTIONS alice SIP/2.0'),
    'SIP_REQUEST_URI',
    '400 Malformed Request-URI',
  ],
  [
    '§19.1.1 Request-URI without host',
    first('OPTIONS sip:alice@ SIP/2.0'),
    'SIP_REQUEST_URI',
    '400 Malformed Request-URI',
  ],
  [
    '§19.1.1 Request-URI port',
    first('OPTIONS sip:b:65536 SIP/2.0'),
    'SIP_REQUEST_URI',
    '400 Malformed Request-URI',
  ],
  ['§7.2 two-digit code', replyText().replace('200 OK', '20 OK'), 'SIP_STATUS_LINE', undefined],
  ['§7.2 code 099', replyText().replace('200 OK', '099 OK'), 'SIP_STATUS_LINE', undefined],
  ['§7.2 code 700', replyText().replace('200 OK', '700 OK'), 'SIP_STATUS_LINE', undefined],
  ['§7.2 no space behind the code', replyText().replace('200 OK', '200'), 'SIP_STATUS_LINE', undefined],
  ['§7.2 version of a reply', replyText().replace('SIP/2.0 2', 'SIP/1.0 2'), 'SIP_VERSION', undefined],
  ['§7.3 line without colon', request({ a: 'X-A' }), 'SIP_HEADER_LINE', '400 Malformed Header Line'],
  ['§7.3 name is no token', request({ a: 'X A: b' }), 'SIP_HEADER_LINE', '400 Malformed Header Line'],
  ['§7.3 no name', request({ a: ': b' }), 'SIP_HEADER_LINE', '400 Malformed Header Line'],
  [
    '§7.3 a fold of nothing',
    request({ first: 'OPTIONS sip:a@b SIP/2.0\r\n x' }),
    'SIP_HEADER_LINE',
    '400 Malformed Header Line',
  ],
  [
    '§25.1 a lone CR in a header',
    request({ a: 'X-A: b\rX-B: c' }),
    'SIP_HEADER_LINE',
    '400 Malformed Header Line',
  ],
  [
    '§25.1 a lone CR in a fold',
    request({ a: 'X-A: b\r\n c\rd' }),
    'SIP_HEADER_LINE',
    '400 Malformed Header Line',
  ],
  ['§25.1 a lone CR in a reason', replyText().replace('200 OK', '200 O\rK'), 'SIP_STATUS_LINE', undefined],
  ['§7 no empty line', request().slice(0, -2), 'SIP_HEADERS_END', '400 Missing Empty Line After Headers'],
  [
    '§7 cut in a header',
    request({ a: 'X-A: b' }).slice(0, -5),
    'SIP_HEADERS_END',
    '400 Missing Empty Line After Headers',
  ],
  ['§8.1.1 no Via', request({ Via: undefined }), 'SIP_HEADER_MISSING', undefined],
  ['§8.1.1 no From', request({ From: undefined }), 'SIP_HEADER_MISSING', undefined],
  ['§8.1.1 no To', request({ To: undefined }), 'SIP_HEADER_MISSING', undefined],
  ['§8.1.1 no Call-ID', request({ 'Call-ID': undefined }), 'SIP_HEADER_MISSING', undefined],
  ['§8.1.1 no CSeq', request({ CSeq: undefined }), 'SIP_HEADER_MISSING', undefined],
  ['§7.3.1 two From', request({ a: 'f: <sip:x@y>' }), 'SIP_HEADER_TWICE', '400 Multiple From Headers'],
  ['§7.3.1 two To', request({ a: 't: <sip:x@y>' }), 'SIP_HEADER_TWICE', '400 Multiple To Headers'],
  ['§7.3.1 two Call-ID', request({ a: 'i: x' }), 'SIP_HEADER_TWICE', '400 Multiple Call-ID Headers'],
  ['§7.3.1 two CSeq', request({ a: 'CSEQ: 7 OPTIONS' }), 'SIP_HEADER_TWICE', '400 Multiple CSeq Headers'],
  [
    '§7.3.1 two Max-Forwards',
    request({ a: 'max-forwards: 7' }),
    'SIP_HEADER_TWICE',
    '400 Multiple Max-Forwards Headers',
  ],
  [
    '§7.3.1 two Content-Length',
    request({ a: 'l: 0' }),
    'SIP_HEADER_TWICE',
    '400 Multiple Content-Length Headers',
  ],
  ['§20.42 Via without branch value', request({ Via: 'Via: SIP/2.0/WS' }), 'SIP_HEADER_VALUE', undefined],
  [
    '§20.20 From without URI',
    request({ From: 'From: "Bob"' }),
    'SIP_HEADER_VALUE',
    '400 Malformed From Header',
  ],
  [
    '§20.20 two addresses in From',
    request({ From: 'From: <sip:a@b>, <sip:c@d>' }),
    'SIP_HEADER_VALUE',
    '400 Malformed From Header',
  ],
  [
    '§20.20 empty tag',
    request({ From: 'From: <sip:a@b>;tag=' }),
    'SIP_HEADER_VALUE',
    '400 Malformed From Header',
  ],
  [
    '§20.39 To with an open bracket',
    request({ To: 'To: <sip:alice@example.com' }),
    'SIP_HEADER_VALUE',
    '400 Malformed To Header',
  ],
  [
    '§20.8 empty Call-ID',
    request({ 'Call-ID': 'Call-ID:' }),
    'SIP_HEADER_VALUE',
    '400 Malformed Call-ID Header',
  ],
  [
    '§20.8 two words in Call-ID',
    request({ 'Call-ID': 'Call-ID: a b' }),
    'SIP_HEADER_VALUE',
    '400 Malformed Call-ID Header',
  ],
  [
    '§20.16 CSeq without number',
    request({ CSeq: 'CSeq: OPTIONS' }),
    'SIP_HEADER_VALUE',
    '400 Malformed CSeq Header',
  ],
  [
    '§20.16 CSeq without method',
    request({ CSeq: 'CSeq: 7' }),
    'SIP_HEADER_VALUE',
    '400 Malformed CSeq Header',
  ],
  [
    '§20.16 CSeq of 33 bits',
    request({ CSeq: 'CSeq: 4294967296 OPTIONS' }),
    'SIP_HEADER_VALUE',
    '400 Malformed CSeq Header',
  ],
  [
    '§20.16 negative CSeq',
    request({ CSeq: 'CSeq: -7 OPTIONS' }),
    'SIP_HEADER_VALUE',
    '400 Malformed CSeq Header',
  ],
  [
    '§8.1.1.5 CSeq of another method',
    request({ CSeq: 'CSeq: 7 INVITE' }),
    'SIP_CSEQ_METHOD',
    '400 CSeq Method Does Not Match',
  ],
  [
    '§7.1 case of the method',
    request({ CSeq: 'CSeq: 7 options' }),
    'SIP_CSEQ_METHOD',
    '400 CSeq Method Does Not Match',
  ],
  [
    '§20.14 Content-Length is no number',
    request({ 'Content-Length': 'l: x' }),
    'SIP_HEADER_VALUE',
    '400 Malformed Content-Length Header',
  ],
  [
    '§20.14 negative Content-Length',
    request({ 'Content-Length': 'l: -1' }),
    'SIP_HEADER_VALUE',
    '400 Malformed Content-Length Header',
  ],
  [
    '§18.3 Content-Length too large',
    request({ 'Content-Length': 'l: 4' }, 'v=0'),
    'SIP_BODY_SHORT',
    '400 Content-Length Larger Than Body',
  ],
  [
    '§20.14 Content-Length beyond all numbers',
    request({ 'Content-Length': `l: ${'9'.repeat(400)}` }),
    'SIP_HEADER_VALUE',
    '400 Malformed Content-Length Header',
  ],
  [
    '§17.1.1.3 an ACK is never answered',
    request({ first: 'ACK sip:a@b SIP/2.0', CSeq: 'CSeq: 7 INVITE' }),
    'SIP_CSEQ_METHOD',
    undefined,
  ],
];

function refusalOf(text: string): SipParseError {
  try {
    parseMessage(text);
  } catch (error) {
    assert.ok(error instanceof SipParseError);
    return error;
  }
  return assert.fail('accepted');
}

for (const [what, text, code, answer] of rows) {
  test(`RFC 3261 ${what}: ${code}, ${answer ?? 'no answer'}`, () => {
    const error = refusalOf(text);
    assert.equal(error.code, code);
    assert.equal(error.answerable, answer !== undefined);
    if (answer === undefined || error.salvaged === undefined) return;
    const reply = buildReply(error.salvaged, error.status, error.reason, { toTag: 'x' });
    assert.ok(reply.startsWith(`SIP/2.0 ${answer}\r\nVia: SIP/2.0/WS client.invalid;branch=z9hG4bK-1\r\n`));
    const back = parseMessage(
      reply.replaceAll(/^(From|To|CSeq|Call-ID):.*$/gm, (line, name) => given[name] ?? line),
    );
    assert.equal(back.statusCode, error.status);
  });
}

/** Good values for the lines that an answer copies from a bad request. */
const given: Readonly<Record<string, string>> = {
  From: 'From: <sip:a@b>',
  To: 'To: <sip:a@b>',
  CSeq: 'CSeq: 7 OPTIONS',
  'Call-ID': 'Call-ID: abc',
};

test('RFC 3261 §21.5.7 a message above the limit: 513', () => {
  const text = requestText({}, 'x'.repeat(100));
  const limits = { maxMessageBytes: text.length, maxHeaders: 8 };
  assert.equal(parseMessage(text, undefined, limits).body.length, 100);
  assert.throws(() => parseMessage(text, undefined, { ...limits, maxMessageBytes: text.length - 1 }), {
    code: 'SIP_TOO_LARGE',
    status: 513,
    answerable: true,
  });
});

test('header lines above the limit: 400', () => {
  const text = requestText({ a: 'X-A: 1', b: 'X-A: 2' });
  assert.equal(parseMessage(text, undefined, { maxMessageBytes: 65535, maxHeaders: 9 }).headerCount, 9);
  assert.throws(() => parseMessage(text, undefined, { maxMessageBytes: 65535, maxHeaders: 8 }), {
    code: 'SIP_HEADERS_TOO_MANY',
    status: 400,
    answerable: true,
  });
});

test('every code is shown by a row or a test of its limit', () => {
  const shown = new Set([...rows.map(([, , code]) => code), 'SIP_TOO_LARGE', 'SIP_HEADERS_TOO_MANY']);
  assert.deepEqual([...shown].sort(), Object.keys(sipErrors).sort());
});
