/** Addresses: RFC 3261 §20.10, §20.20, §25.1. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseNameAddress } from '../../../runtime/sip/name-address.ts';

const accepted: readonly (readonly [text: string, name: string, uri: string, params: object])[] = [
  ['<sip:a@b>', '', 'sip:a@b', {}],
  ['sip:a@b', '', 'sip:a@b', {}],
  ['sip:a@b;tag=1;x', '', 'sip:a@b', { tag: '1', x: '' }],
  ['<sip:a@b;lr;x=y>;tag=1', '', 'sip:a@b;lr;x=y', { tag: '1' }],
  ['<sip:a@b?Subject=x,y>', '', 'sip:a@b?Subject=x,y', {}],
  ['Bob <sip:a@b>', 'Bob', 'sip:a@b', {}],
  ['Bob B. Baker<sip:a@b>', 'Bob B. Baker', 'sip:a@b', {}],
  ['J\xf6rg (home) <sip:a@b>', 'J\xf6rg (home)', 'sip:a@b', {}],
  ['"Bob, \\"the <best>\\" \\\\" <sip:a@b>;TAG=1', 'Bob, "the <best>" \\', 'sip:a@b', { tag: '1' }],
  ['"Bob"<sip:a@b>', 'Bob', 'sip:a@b', {}],
  ['""\r\n <sip:a@b> ;\r\n tag = 1', '', 'sip:a@b', { tag: '1' }],
  ['"a\r\n b" <sip:a@b>', 'a b', 'sip:a@b', {}],
  ['<tel:+1-201-555;x=y>', '', 'tel:+1-201-555;x=y', {}],
  ['<sip:a@b>;x="1;2, \\"3";y=[::1]', '', 'sip:a@b', { x: '1;2, "3', y: '[::1]' }],
  ['<sip:a@b>;tag=1;tag=2', '', 'sip:a@b', { tag: '1' }],
];

for (const [text, name, uri, params] of accepted) {
  test(`RFC 3261 §20.10 address ${JSON.stringify(text)}`, () => {
    const address = parseNameAddress(text);
    assert.ok(address);
    assert.deepEqual([address.displayName, address.uri], [name, uri]);
    assert.deepEqual(Object.fromEntries(address.params), params);
    assert.equal(address.tag, address.params.get('tag'));
  });
}

const refused = [
  '',
  'a@b',
  '<>',
  '<a@b>',
  '<sip:>',
  '<1sip:a@b>',
  '<sip:a@b',
  'sip:a@b>',
  '"Bob <sip:a@b>',
  '"Bob" sip:a@b',
  'Bob "B" <sip:a@b>',
  'Bob, B <sip:a@b>',
  'sip:a@b?x=y',
  'sip:a@b,sip:c@d',
  '<sip:a@b>, <sip:c@d>',
  'sip:a b@c',
  '<sip:a b@c>',
  '<sip:a<b@c>',
  '<sip:a@b> x',
  '<sip:a@b>;',
  '<sip:a@b>;;x',
  '<sip:a@b>;tag',
  '<sip:a@b>;tag=',
  '<sip:a@b>;x="y',
];

for (const text of refused) {
  test(`RFC 3261 §20.10 no address: ${JSON.stringify(text)}`, () => {
    assert.equal(parseNameAddress(text), undefined);
  });
}

test('the display name as written keeps quotes and escapes', () => {
  assert.equal(parseNameAddress('"B \\"x\\"" <sip:a@b>')?.displayNameAsWritten, '"B \\"x\\""');
});
