import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allowList } from '../../../modules/proto_ws/allow-list.ts';
import { pathOf, queryOf } from '../../../modules/proto_ws/http-head.ts';
import { goodRequest, requestText, WireReader } from './wire.ts';
import { echo, openWebSocketHost } from './ws-host.ts';

describe('lists of what is allowed', () => {
  const rows: readonly [
    entries: readonly string[],
    allowed: readonly string[],
    refused: readonly string[],
  ][] = [
    [[], ['', 'a', 'https://a.example'], []],
    [['', ' , '], ['', 'a'], []],
    [['*'], ['', 'a', 'https://a.example'], []],
    [['a, b  c,d'], ['a', 'b', 'c', 'd'], ['', 'e', 'a, b', 'ab', 'A']],
    [['a', 'b'], ['a', 'b'], ['c']],
    [
      ['https://*.example.com'],
      ['https://x.example.com', 'https://x.y.example.com', 'https://.example.com'],
      ['https://example.com', 'http://x.example.com', 'https://x.example.com:1', 'https://xexample.com'],
    ],
    [['/ws/*'], ['/ws/', '/ws/a/b'], ['/ws', '/', '/a/ws/']],
    [['a*b*c'], ['abc', 'a1b2c', 'abbc', 'abcbc'], ['ac', 'acb', 'abcd', 'bc']],
    [['ab*ba'], ['abba', 'ab1ba'], ['aba', 'ab', 'ba']],
    [['*b*'], ['b', 'abc'], ['', 'ac']],
    [['a**c'], ['ac', 'abc'], ['a']],
    [['a.c'], ['a.c'], ['abc']],
  ];
  for (const [entries, allowed, refused] of rows) {
    test(JSON.stringify(entries), () => {
      const isAllowed = allowList(entries);
      for (const text of allowed) assert.ok(isAllowed(text), text);
      for (const text of refused) assert.ok(!isAllowed(text), text);
    });
  }

  test('anyCase: neither the list nor the text counts in its case', () => {
    const isAllowed = allowList(['HTTPS://A.example'], { anyCase: true });
    assert.ok(isAllowed('https://a.EXAMPLE'));
    assert.ok(!isAllowed('https://b.example'));
  });

  test('many wildcards over a long text take time in proportion', { timeout: 20_000 }, () => {
    assert.ok(!allowList([`${'*a'.repeat(50)}*b`])('a'.repeat(60_000)));
  });
});

describe('RFC 9112 §3.2: path and query of a target', () => {
  const rows = [
    ['/', '/', ''],
    ['/sip', '/sip', ''],
    ['/sip?a=1&b=2', '/sip', 'a=1&b=2'],
    ['/sip?', '/sip', ''],
    ['/a?b?c', '/a', 'b?c'],
    ['/%2f#x?y', '/%2f', ''],
    ['http://host:80/sip?a', '/sip', 'a'],
    ['ws://host', '/', ''],
    ['WS://host?a', '/', 'a'],
    ['*', '*', ''],
  ] as const;
  for (const [target, path, query] of rows) {
    test(target, () => assert.deepEqual([pathOf(target), queryOf(target)], [path, query]));
  }
});

describe('ws_allowed_origins, ws_allowed_resources, require_origin', () => {
  const origins = { ws_allowed_origins: 'https://a.example, https://*.b.example' };
  const resources = { ws_allowed_resources: '/sip /ws/*' };
  const rows: readonly [
    params: Readonly<Record<string, string | number>>,
    target: string,
    origin: string | undefined,
    status: number,
    code?: string,
  ][] = [
    [origins, '/', 'https://a.example', 101],
    [origins, '/', 'HTTPS://A.example', 101],
    [origins, '/', 'https://x.b.example', 101],
    [origins, '/', 'https://c.example', 403, 'foreign-origin'],
    [origins, '/', 'null', 403, 'foreign-origin'],
    [origins, '/', undefined, 101],
    [{ ...origins, require_origin: 1 }, '/', undefined, 403, 'origin'],
    [{ ...origins, require_origin: 1 }, '/', 'https://a.example', 101],
    [{ ws_allowed_origins: '' }, '/', 'https://c.example', 101],
    [{ require_origin: 1 }, '/', 'null', 101],
    [resources, '/sip', undefined, 101],
    [resources, '/sip?a=1', undefined, 101],
    [resources, 'http://host/sip', undefined, 101],
    [resources, '/ws/1', undefined, 101],
    [resources, '/', undefined, 404, 'resource'],
    [resources, '/SIP', undefined, 404, 'resource'],
    [{ ws_allowed_resources: '' }, '/any', undefined, 101],
  ];
  for (const [params, target, origin, status, code] of rows) {
    test(`${JSON.stringify(params)}: GET ${target} from ${origin ?? 'no Origin'}: ${status}`, async () => {
      const host = await openWebSocketHost(params, echo);
      const reader = new WireReader(await host.dial());
      const lines = [`GET ${target} HTTP/1.1`, ...goodRequest.slice(1)];
      reader.socket.write(requestText(origin === undefined ? lines : [...lines, `Origin: ${origin}`]));
      assert.equal(Number((await reader.head()).split(' ')[1]), status);
      if (code) assert.equal(host.statistic(`refused_${code}`), 1);
      if (code) assert.ok(host.logged.at(-1)?.includes(`(${code}, `), host.logged.at(-1));
      reader.socket.destroy();
      await host.close();
    });
  }
});
