import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '../../../grammar/index.ts';
import type { ListenOn } from '../../../runtime/net/listen-on.ts';
import { listeningLines } from '../../../runtime/net/listening-lines.ts';
import {
  type ResolvedSockets,
  resolveSockets,
  type SocketSettings,
} from '../../../runtime/net/socket-lines.ts';
import { testNetwork } from './test-network.ts';

function resolve(lines: readonly string[], settings: Partial<SocketSettings> = {}): Promise<ResolvedSockets> {
  const { config, diagnostics } = parse(`${lines.join('\n')}\n`, { name: 'test' });
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    [],
  );
  return resolveSockets(config, { defaultPort: () => undefined, network: testNetwork, ...settings });
}

/** Configs and the block that OpenSIPS 2.4, 3.1, 3.6 and 4.0 print for them on such a machine. */
const blocks: readonly {
  readonly name: string;
  readonly lines: readonly string[];
  readonly autoAliases?: boolean;
  readonly extra?: readonly string[];
  readonly printed: readonly string[];
}[] = [
  {
    name: 'protocols in their order, ranges, default ports, interfaces behind',
    lines: [
      'socket=ws:127.0.0.1:17601',
      'socket=ws:localhost:17602',
      'socket=ws:127.0.0.1:17603-17605',
      'socket=ws:lo:17606 as 1.2.3.4:99 tag x',
      'socket=ws:*:17607',
      'socket=ws:127.0.0.1',
      'socket=udp:127.0.0.1:17600',
      'alias=udp:example.com:5060',
    ],
    printed: [
      'Listening on ',
      '             udp: 127.0.0.1 [127.0.0.1]:17600',
      '             ws: 127.0.0.1 [127.0.0.1]:17601',
      '             ws: localhost [127.0.0.1]:17602',
      '             ws: 127.0.0.1 [127.0.0.1]:17603',
      '             ws: 127.0.0.1 [127.0.0.1]:17604',
      '             ws: 127.0.0.1 [127.0.0.1]:17605',
      '             ws: 127.0.0.1 [127.0.0.1]:80',
      '             ws: 127.0.0.1 [127.0.0.1]:17606',
      '             ws: 0:0:0:0:0:0:0:1 [[0:0:0:0:0:0:0:1]]:17606',
      '             ws: 127.0.0.1 [127.0.0.1]:17607',
      '             ws: 192.0.2.2 [192.0.2.2]:17607',
      '             ws: 0:0:0:0:0:0:0:1 [[0:0:0:0:0:0:0:1]]:17607',
      '             ws: FD00:0:0:0:0:0:0:2 [[FD00:0:0:0:0:0:0:2]]:17607',
      'Aliases: ',
      '             udp: example.com:5060',
      '',
    ],
  },
  {
    name: 'a double is left out and its name becomes an alias',
    lines: [
      'listen=ws:127.0.0.1:17601',
      'listen=ws:localhost:17601',
      'listen=ws:localhost:17602',
      'listen=ws:192.0.2.2:17609 as [fd00::5]',
      'listen=udp:127.0.0.1',
      'listen=wss:127.0.0.1',
      'listen=tcp:127.0.0.1:17600',
      'alias=udp:example.com:5060',
      'alias="blah.com" "foo.com"',
    ],
    printed: [
      'Listening on ',
      '             udp: 127.0.0.1 [127.0.0.1]:5060',
      '             tcp: 127.0.0.1 [127.0.0.1]:17600',
      '             ws: 127.0.0.1 [127.0.0.1]:17601',
      '             ws: localhost [127.0.0.1]:17602',
      '             ws: 192.0.2.2 [192.0.2.2]:17609',
      '             wss: 127.0.0.1 [127.0.0.1]:443',
      'Aliases: ',
      '             ws: localhost:17601',
      '             *: foo.com:*',
      '             *: blah.com:*',
      '             udp: example.com:5060',
      '',
    ],
  },
  {
    name: 'auto_aliases: the names of the addresses',
    autoAliases: true,
    lines: [
      'listen=ws:127.0.0.1:17601',
      'listen=ws:localhost:17601',
      'listen=ws:localhost:17602',
      'listen=ws:lo:17606 as 1.2.3.4:99',
      'listen=ws:192.0.2.2:17609',
      'listen=udp:127.0.0.1',
      'listen=wss:127.0.0.1',
      'listen=tcp:127.0.0.1:17600',
      'alias=udp:example.com:5060',
    ],
    printed: [
      'Listening on ',
      '             udp: 127.0.0.1 [127.0.0.1]:5060',
      '             tcp: 127.0.0.1 [127.0.0.1]:17600',
      '             ws: 127.0.0.1 [127.0.0.1]:17601',
      '             ws: localhost [127.0.0.1]:17602',
      '             ws: 192.0.2.2 [192.0.2.2]:17609',
      '             ws: 127.0.0.1 [127.0.0.1]:17606',
      '             ws: 0:0:0:0:0:0:0:1 [[0:0:0:0:0:0:0:1]]:17606',
      '             wss: 127.0.0.1 [127.0.0.1]:443',
      'Aliases: ',
      '             wss: localhost:443',
      '             ws: localhost:17606',
      '             ws: localhost:17601',
      '             tcp: localhost:17600',
      '             udp: localhost:5060',
      '             udp: example.com:5060',
      '',
    ],
  },
  {
    name: 'names and IPv6 as they are printed; an interface; a double by another name',
    lines: [
      'socket=ws:[fd00::2]:17609',
      'socket=ws:LOCALHOST:17611',
      'socket=ws:eth0:17612',
      'socket=ws:vm:17613',
      'socket=ws:vm:17603',
      'socket=ws:127.0.0.1:17603',
    ],
    printed: [
      'Listening on ',
      '             ws: FD00:0:0:0:0:0:0:2 [[FD00:0:0:0:0:0:0:2]]:17609',
      '             ws: LOCALHOST [127.0.0.1]:17611',
      '             ws: vm [127.0.0.1]:17613',
      '             ws: vm [127.0.0.1]:17603',
      '             ws: 192.0.2.2 [192.0.2.2]:17612',
      '             ws: FD00:0:0:0:0:0:0:2 [[FD00:0:0:0:0:0:0:2]]:17612',
      'Aliases: ',
      '             ws: 127.0.0.1:17603',
      '',
    ],
  },
  {
    name: '-l: with and without protocol and port, an interface, any case',
    lines: ['socket=ws:127.0.0.1:17601'],
    extra: ['ws:127.0.0.1:17699', '127.0.0.1:17698', 'ws:127.0.0.1', 'localhost', 'WS:lo:17696'],
    printed: [
      'Listening on ',
      '             udp: 127.0.0.1 [127.0.0.1]:17698',
      '             udp: localhost [127.0.0.1]:5060',
      '             ws: 127.0.0.1 [127.0.0.1]:17601',
      '             ws: 127.0.0.1 [127.0.0.1]:17699',
      '             ws: 127.0.0.1 [127.0.0.1]:80',
      '             ws: 127.0.0.1 [127.0.0.1]:17696',
      '             ws: 0:0:0:0:0:0:0:1 [[0:0:0:0:0:0:0:1]]:17696',
      'Aliases: ',
      '',
    ],
  },
];

describe('the block that OpenSIPS prints at a start', () => {
  for (const { name, lines, autoAliases, extra, printed } of blocks) {
    test(name, async () => {
      const resolved = await resolve(lines, { autoAliases: autoAliases ?? false, extra: extra ?? [] });
      assert.deepEqual(listeningLines(resolved).split('\n'), [...printed, '']);
      assert.deepEqual(
        resolved.problems.filter(({ severity }) => severity === 'error'),
        [],
      );
    });
  }
});

describe('what keeps a socket from being opened', () => {
  const cases = [
    {
      lines: ['socket=ws:nosuch.invalid:1'],
      code: 'unknown-host',
      message: 'could not resolve nosuch.invalid',
    },
    {
      lines: ['socket=ws:203.0.113.9:1'],
      code: 'foreign-address',
      message: 'no interface of this machine has the address 203.0.113.9',
    },
    {
      lines: ['socket=ws:elsewhere.example.com:1'],
      code: 'foreign-address',
      message: 'no interface of this machine has the address 203.0.113.9 (elsewhere.example.com)',
    },
    {
      lines: ['socket=ws:[2001:db8::a]:1'],
      code: 'foreign-address',
      message: 'no interface of this machine has the address 2001:db8::a',
    },
  ];
  for (const { lines, code, message } of cases) {
    test(`${lines.join()}: ${code}`, async () => {
      const { problems } = await resolve(lines);
      assert.deepEqual(
        problems.map((problem) => [problem.code, problem.message]),
        [[code, message]],
      );
      assert.deepEqual(problems[0]?.span, { start: 0, end: lines[0]?.length });
    });
  }

  for (const text of [
    'foo:127.0.0.1:1',
    'ws:1.2.3.4:abc',
    'ws:127.0.0.1:99999',
    'ws:127.0.0.1:1-3',
    '',
    'ws:',
  ]) {
    test(`-l ${text}`, async () => {
      const { problems, sockets } = await resolve(['log_level=3'], { extra: [text] });
      assert.deepEqual(problems, [
        { code: 'listen-argument', severity: 'error', message: `bad -l address specifier: ${text}` },
      ]);
      assert.deepEqual(sockets, []);
    });
  }
});

describe('what a socket is bound to', () => {
  test('the port of the module counts where the line has none', async () => {
    const { sockets } = await resolve(['socket=ws:127.0.0.1'], { defaultPort: () => 8088 });
    assert.deepEqual(sockets[0]?.bind, {
      protocol: 'ws',
      address: '127.0.0.1',
      port: 8088,
      family: 4,
      reusePort: false,
      label: 'ws:127.0.0.1:8088',
    });
  });

  test('advertised host and port, tag, reuse_port, anycast', async () => {
    const { sockets } = await resolve([
      'socket=ws:127.0.0.1:1 as sip.example.com:99 tag home anycast reuse_port',
      'socket=WS:127.0.0.1:2 as [2001:db8::1]',
    ]);
    const [first, second] = sockets;
    assert.deepEqual(
      [
        first?.listen.advertisedHost,
        first?.listen.advertisedPort,
        first?.listen.tag,
        first?.bind.reusePort,
        first?.anycast,
      ],
      ['sip.example.com', 99, 'home', true, true],
    );
    assert.deepEqual(
      [second?.listen.advertisedHost, second?.listen.advertisedPort],
      ['[2001:db8::1]', undefined],
    );
    assert.match(listeningLines({ sockets, aliases: [] }), /ws: 127\.0\.0\.1 \[127\.0\.0\.1\]:1 anycast\n/);
  });

  const mappings: readonly { name: string; listenOn: ListenOn; line: string; bound: readonly string[] }[] = [
    {
      name: 'a text',
      listenOn: { 'ws:203.0.113.9:80': '127.0.0.1:0' },
      line: 'socket=ws:203.0.113.9',
      bound: ['127.0.0.1:0'],
    },
    {
      name: 'IPv6',
      listenOn: { 'ws:203.0.113.9:80': '[::1]:0' },
      line: 'socket=ws:203.0.113.9',
      bound: ['::1:0'],
    },
    {
      name: 'a name',
      listenOn: { 'ws:nosuch.invalid:80': '127.0.0.1:1' },
      line: 'socket=ws:nosuch.invalid',
      bound: ['127.0.0.1:1'],
    },
    {
      name: 'the port alone',
      listenOn: { 'ws:127.0.0.1:80': { port: 0 } },
      line: 'socket=ws:127.0.0.1',
      bound: ['127.0.0.1:0'],
    },
    {
      name: 'brackets in the label',
      listenOn: { 'ws:[2001:db8::1]:5': '127.0.0.1:0' },
      line: 'socket=ws:[2001:db8::1]:5',
      bound: ['127.0.0.1:0'],
    },
    {
      name: 'all interfaces as one',
      listenOn: { 'ws:*:80': '127.0.0.1:0' },
      line: 'socket=ws:*:80',
      bound: ['127.0.0.1:0'],
    },
    {
      name: 'one address of an interface',
      listenOn: { 'ws:[::1]:80': '127.0.0.1:7' },
      line: 'socket=ws:lo:80',
      bound: ['127.0.0.1:80', '127.0.0.1:7'],
    },
    {
      name: 'a function',
      listenOn: () => '127.0.0.1:0',
      line: 'socket=ws:203.0.113.9:1-2',
      bound: ['127.0.0.1:0', '127.0.0.1:0'],
    },
  ];
  for (const { name, listenOn, line, bound } of mappings) {
    test(`listenOn: ${name}`, async () => {
      const { sockets, problems } = await resolve([line], { listenOn });
      assert.deepEqual(
        sockets.map(({ bind }) => `${bind.address}:${bind.port}`),
        bound,
      );
      assert.deepEqual(problems, []);
    });
  }

  test('listenOn: a text that is no address and port is refused', async () => {
    await assert.rejects(resolve(['socket=ws:127.0.0.1'], { listenOn: () => 'localhost:0' }), TypeError);
  });
});
