import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection, MessageSource, SipMessage } from '../../../runtime/module-exports.ts';
import { createBrowserNames } from '../../../runtime/net/browser-names.ts';
import { createConnectionTable } from '../../../runtime/net/connection-table.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { plainSocket } from '../plain-socket.ts';

/** Connections of a table, and the names that requests over them bring. */
function scene(limit = 16) {
  const table = createConnectionTable();
  const names = createBrowserNames(table, limit);
  const open = (remoteAddress = '192.0.2.1', protocol = 'ws') => {
    const connectionId = table.nextId();
    const connection = {
      state: 'open' as 'open' | 'closed',
      protocol,
      socket: plainSocket(protocol),
      remoteAddress,
      remotePort: 40000 + connectionId,
      connectionId,
      lastActive: 0,
      unfinishedSince: undefined,
      send: () => true,
      expire: () => undefined,
      close: () => undefined,
    } satisfies Connection;
    table.add(connection);
    return connection;
  };
  const ask = (source: MessageSource, host: string) => names.learn(requestBy(host), source);
  const close = (connection: ReturnType<typeof open>) => {
    connection.state = 'closed';
    table.remove(connection);
    names.forget(connection);
  };
  return { names, open, ask, close, portOf: (host: string) => names.find(host)?.port };
}

function requestBy(host: string): SipMessage {
  return parseMessage(
    [
      'OPTIONS sip:x@example.com SIP/2.0',
      `Via: SIP/2.0/WS ${host};branch=z9hG4bK1`,
      'From: <sip:a@example.com>;tag=1',
      'To: <sip:x@example.com>',
      'Call-ID: 1',
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
}

describe('RFC 7118 §5: a browser is found by the host that does not exist', () => {
  test('from its first request on, in any case of letters', () => {
    const { open, ask, names } = scene();
    const connection = open();
    assert.equal(names.find('df7jal23ls0d.invalid'), undefined);
    ask(connection, 'df7jal23ls0d.invalid');
    const { remoteAddress: address, remotePort: port } = connection;
    assert.deepEqual(names.find('DF7jal23ls0d.invalid'), { protocol: 'ws', address, port });
  });

  test('only a host that cannot exist, and only over WebSocket', () => {
    const { open, ask, names } = scene();
    ask(open(), 'pc.example.com');
    ask(open('192.0.2.1', 'tcp'), 'x1.invalid');
    assert.equal(names.find('pc.example.com'), undefined);
    assert.equal(names.find('x1.invalid'), undefined);
  });

  test('not when its connection is gone', () => {
    const { open, ask, close, portOf } = scene();
    const connection = open();
    ask(connection, 'x1.invalid');
    close(connection);
    assert.equal(portOf('x1.invalid'), undefined);
  });

  test('nobody else takes its name; the same browser may come back before its old connection is seen to be gone', () => {
    const { open, ask, portOf, close } = scene();
    const first = open('192.0.2.1');
    const thief = open('192.0.2.66');
    ask(first, 'x1.invalid');
    ask(thief, 'x1.invalid');
    assert.equal(portOf('x1.invalid'), first.remotePort);
    const again = open('192.0.2.1');
    ask(again, 'x1.invalid');
    assert.equal(portOf('x1.invalid'), again.remotePort);
    close(first);
    assert.equal(portOf('x1.invalid'), again.remotePort);
  });

  test('max_browser_names: what goes beyond them is not known', () => {
    const { open, ask, portOf } = scene(2);
    const connection = open();
    for (const host of ['x1.invalid', 'x2.invalid', 'x3.invalid']) ask(connection, host);
    assert.deepEqual(
      ['x1.invalid', 'x2.invalid', 'x3.invalid'].map((host) => portOf(host) !== undefined),
      [true, true, false],
    );
  });
});
