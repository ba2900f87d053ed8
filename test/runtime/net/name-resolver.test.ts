import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostsEntries } from '../../../runtime/net/hosts-file.ts';
import { createNameResolver } from '../../../runtime/net/name-resolver.ts';
import { searchedNames, searchRules } from '../../../runtime/net/search-list.ts';
import { openDnsServer } from './dns-server.ts';

const hosts = `127.0.0.1 localhost
# 192.0.2.9 commented.example
192.0.2.1\tOne.example one # the first
192.0.2.2 one.example
2001:db8::1 one.example
nonsense one.example
`;

const entries: [name: string, family: 4 | 6, addresses: readonly string[]][] = [
  ['one.example', 4, ['192.0.2.1', '192.0.2.2']],
  ['ONE.example.', 6, ['2001:db8::1']],
  ['one', 4, ['192.0.2.1']],
  ['commented.example', 4, []],
  ['first', 4, []],
  ['localhost', 6, []],
];

for (const [name, family, addresses] of entries) {
  test(`hosts(5): the IPv${family} addresses of ${name}`, () =>
    assert.deepEqual(hostsEntries(hosts, name, family), addresses));
}

const searches: [conf: string, name: string, asked: readonly string[]][] = [
  ['nameserver 192.0.2.53', 'pbx', ['pbx']],
  ['search a.example b.example', 'pbx', ['pbx.a.example', 'pbx.b.example', 'pbx']],
  ['search a.example', 'pbx.far', ['pbx.far', 'pbx.far.a.example']],
  ['search a.example\noptions timeout:1 ndots:3', 'pbx.far', ['pbx.far.a.example', 'pbx.far']],
  ['domain a.example', 'pbx.', ['pbx.']],
  ['search a.example\ndomain b.example c.example', 'pbx', ['pbx.b.example', 'pbx']],
  ['search .', 'pbx', ['pbx']],
];

for (const [conf, name, asked] of searches) {
  test(`resolv.conf(5): ${JSON.stringify(conf)} for ${name}`, () =>
    assert.deepEqual(searchedNames(name, searchRules(conf)), asked));
}

test('RFC 7766 §5: a truncated answer is asked for again over TCP', async () => {
  const server = await openDnsServer(
    { 'long.example': { A: ['192.0.2.1'] } },
    { 'long.example': 'truncated' },
  );
  try {
    const resolver = createNameResolver({
      timeout: 5000,
      tries: 1,
      searches: false,
      serverAddresses: [server.address],
    });
    assert.deepEqual(await resolver.addresses('long.example', 4), ['192.0.2.1']);
    assert.deepEqual(server.questions, ['A long.example', 'tcp A long.example']);
  } finally {
    await server.close();
  }
});

test('nothing is kept from one question to the next, as in OpenSIPS without dns_cache', async () => {
  const server = await openDnsServer({ 'a.example': { A: ['192.0.2.1'] } });
  try {
    const resolver = createNameResolver({
      timeout: 5000,
      tries: 1,
      searches: false,
      serverAddresses: [server.address],
    });
    await resolver.addresses('a.example', 4);
    await resolver.addresses('a.example', 4);
    assert.deepEqual(server.questions, ['A a.example', 'A a.example']);
  } finally {
    await server.close();
  }
});

test('dns_retr_no: a server that says nothing is asked so many times', async () => {
  const server = await openDnsServer({}, { 'silent.example': 'silent' });
  try {
    const settings = { timeout: 100, searches: false, serverAddresses: [server.address] };
    const resolver = createNameResolver({ ...settings, tries: 3 });
    await assert.rejects(resolver.addresses('silent.example', 4), { code: 'ETIMEOUT' });
    assert.equal(server.questions.length, 3);
  } finally {
    await server.close();
  }
});
