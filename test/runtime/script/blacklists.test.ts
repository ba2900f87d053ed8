/** Blacklists: what measured-blacklists.json cannot show. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../grammar/index.ts';
import { createBlacklists } from '../../../runtime/script/index.ts';
import { parseNetwork } from '../../../runtime/sip/ip-address.ts';
import { script } from './support.ts';

const target = (address: string) => ({ protocol: 'udp', address, port: 5060, text: () => '' });

test('core functions, add_blacklist_rule: a rule with seconds holds so long and no longer', () => {
  let now = 0;
  const { config } = parse('dst_blacklist = l/expire:{ (any, 203.0.113.1, 0, "") }', { name: 'test.cfg' });
  const lists = createBlacklists(config, { now: () => now });
  const network = parseNetwork('192.0.2.1');
  assert.ok(network);
  lists.add('l', { network, port: 0, protocol: '', pattern: '', negated: false }, 10);
  assert.equal(lists.matches('l', target('192.0.2.1')), true);
  now = 9_999;
  assert.equal(lists.matches('l', target('192.0.2.1')), true);
  now = 10_000;
  assert.equal(lists.matches('l', target('192.0.2.1')), false);
  assert.equal(lists.matches('l', target('203.0.113.1')), true);
});

test('a list with IPv6 networks', () => {
  const { config } = parse('dst_blacklist = l:{ (any, [2001:db8::]/32, 0, "") }', { name: 'test.cfg' });
  const lists = createBlacklists(config, { now: () => 0 });
  assert.equal(lists.matches('l', target('2001:db8::1')), true);
  assert.equal(lists.matches('l', target('2001:db9::1')), false);
  assert.equal(lists.matches('l', target('192.0.2.1')), false);
});

for (const statement of [
  'use_blacklist("nobody");',
  'add_blacklist_rule("all", "192.0.2.1");',
  'add_blacklist_rule("l", "host.example");',
  'check_blacklist_rule("l", "192.0.2.1", 5060, "any");',
]) {
  test(`${statement} keeps the host from starting`, () => {
    const { routes } = script(`dst_blacklist = l:{ (any, 192.0.2.1, 0, "") }\nroute { ${statement} }`);
    assert.equal(routes.problems.length, 1);
  });
}

test('what one message uses is nothing to the next', () => {
  const compiled = script(
    'dst_blacklist = l:{ (any, 192.0.2.1, 0, "") }\nroute { if (check_blacklist_rule("all", "192.0.2.1")) xlog("used"); use_blacklist("l"); }',
  );
  compiled.run();
  compiled.run();
  assert.deepEqual(compiled.lines, []);
});
