import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { ReceivedMessage } from '../../../runtime/sip/received-message.ts';

function message(...headers: readonly string[]): ReceivedMessage {
  const lines = [
    'REGISTER sip:example.com SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'From: <sip:alice@example.com>;tag=1',
    'To: <sip:alice@example.com>',
    'Call-ID: one',
    'CSeq: 1 REGISTER',
    ...headers,
    '',
    '',
  ];
  const parsed = parseMessage(lines.join('\r\n'));
  assert.ok(parsed instanceof ReceivedMessage);
  return parsed;
}

test('contacts of all headers, compact and folded, with their places in the text (RFC 3261 §20.10)', () => {
  const read = message('Contact: "A, B" <sip:a@h;x>;q=1 ,', ' sip:b@h', 'm: <sip:c@h>');
  assert.deepEqual(
    read.contacts.map((contact) => contact && [contact.uri, read.text.slice(contact.uriStart, contact.end)]),
    [
      ['sip:a@h;x', 'sip:a@h;x>;q=1 '],
      ['sip:b@h', 'sip:b@h'],
      ['sip:c@h', 'sip:c@h>'],
    ],
  );
});

test('* is no contact, what is no address is undefined', () => {
  assert.deepEqual(message('Contact: *').contacts, []);
  assert.deepEqual(message('Contact: <alice>').contacts, [undefined]);
});

test('a copy has the changed URIs, and its own from then on', () => {
  const read = message('Contact: <sip:a@h>');
  const [contact] = read.contacts;
  assert.ok(contact);
  contact.uri = 'sip:a@other';
  const copy = read.copy();
  contact.uri = 'sip:a@third';
  assert.equal(copy.contacts[0]?.uri, 'sip:a@other');
});
