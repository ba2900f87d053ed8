/** Header names: RFC 3261 §7.3.3 and the IANA registry of compact forms. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerId, isListHeader, knownHeaders } from '../../../runtime/sip/header-names.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { requestText } from './messages.ts';

/** Accept-Contact to Session-Expires: the compact forms that IANA lists. */
const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  u: 'Allow-Events',
  i: 'Call-ID',
  m: 'Contact',
  e: 'Content-Encoding',
  l: 'Content-Length',
  c: 'Content-Type',
  o: 'Event',
  f: 'From',
  y: 'Identity',
  n: 'Identity-Info',
  r: 'Refer-To',
  b: 'Referred-By',
  j: 'Reject-Contact',
  d: 'Request-Disposition',
  x: 'Session-Expires',
  s: 'Subject',
  k: 'Supported',
  t: 'To',
  v: 'Via',
};

test('RFC 3261 §7.3.3 each compact form is its long name, in any case', () => {
  for (const [compact, name] of Object.entries(compactForms)) {
    assert.notEqual(headerId(name), 0);
    assert.equal(headerId(compact), headerId(name));
    assert.equal(headerId(compact.toUpperCase()), headerId(name));
  }
  const known = knownHeaders.flatMap(({ name, compact }) => (compact === undefined ? [] : [[compact, name]]));
  assert.deepEqual(Object.fromEntries(known), compactForms);
});

test('every known header is found in a message by any spelling', () => {
  const once = ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Length'];
  for (const { name, compact } of knownHeaders) {
    if (once.includes(name)) continue;
    for (const written of [name, name.toLowerCase(), name.toUpperCase(), compact ?? name]) {
      const message = parseMessage(requestText({ a: `${written}: value` }));
      assert.equal(message.header(name), 'value', written);
      assert.equal(message.header(compact ?? name), 'value', written);
    }
  }
});

test('unknown names have the number 0 and count as lists', () => {
  assert.equal(headerId('X-Anything'), 0);
  assert.equal(isListHeader(0), true);
  assert.equal(isListHeader(headerId('Call-ID')), false);
});
