import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection, ListenSocket } from '../../../runtime/module-exports.ts';
import { createConnectionTable } from '../../../runtime/net/connection-table.ts';

const socket: ListenSocket = {
  protocol: 'ws',
  host: '127.0.0.1',
  address: '127.0.0.1',
  port: 80,
  family: 4,
  advertisedHost: undefined,
  advertisedPort: undefined,
  tag: undefined,
};

function connection(connectionId: number, remotePort: number): Connection {
  return {
    protocol: 'ws',
    socket,
    remoteAddress: '192.0.2.1',
    remotePort,
    connectionId,
    state: 'open',
    lastActive: 0,
    unfinishedSince: undefined,
    expire: () => undefined,
    send: () => true,
    close: () => undefined,
  };
}

test('connections are found by number and by peer, the newest of a peer first', () => {
  const table = createConnectionTable();
  const [a, b, c] = [
    connection(table.nextId(), 1),
    connection(table.nextId(), 1),
    connection(table.nextId(), 2),
  ];
  for (const each of [a, b, c]) table.add(each);
  assert.equal(table.size, 3);
  assert.equal(table.get(a.connectionId), a);
  assert.equal(table.find('ws', '192.0.2.1', 1), b);
  table.remove(b);
  table.remove(b);
  assert.equal(table.find('ws', '192.0.2.1', 1), a);
  table.remove(a);
  assert.equal(table.find('ws', '192.0.2.1', 1), undefined);
  assert.equal(table.find('wss', '192.0.2.1', 2), undefined);
  assert.deepEqual([...table.all()], [c]);
});

test('a number is never given twice', () => {
  const table = createConnectionTable();
  const ids = Array.from({ length: 100 }, () => table.nextId());
  assert.equal(new Set(ids).size, 100);
  assert.ok(!ids.includes(0), '0 stands for datagrams');
});
