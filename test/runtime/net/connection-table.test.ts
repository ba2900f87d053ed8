import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection, UpgradeWish } from '../../../runtime/module-exports.ts';
import { createConnectionTable } from '../../../runtime/net/connection-table.ts';
import { plainSocket } from '../plain-socket.ts';

const socket = plainSocket('ws', { port: 80 });

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

test('an alias finds its connection by one more port of the same peer, for as long as that lives', () => {
  const gone: boolean[] = [];
  const table = createConnectionTable((each) => gone.push(table.hasAlias(each)));
  const [a, b] = [connection(table.nextId(), 40001), connection(table.nextId(), 40002)];
  assert.equal(table.addAlias(a, 5060), 'gone');
  table.add(a);
  table.add(b);
  assert.equal(table.hasAlias(a), false);
  assert.equal(table.addAlias(a, 5060), 'added');
  assert.equal(table.addAlias(a, 5060), 'added');
  assert.equal(table.find('ws', '192.0.2.1', 5060), a);
  assert.equal(table.find('ws', '192.0.2.2', 5060), undefined);
  assert.equal(table.find('tcp', '192.0.2.1', 5060), undefined);
  assert.equal(table.addAlias(b, 5060), 'taken');
  assert.equal(table.addAlias(b, 40001), 'taken');
  table.remove(a);
  assert.equal(table.find('ws', '192.0.2.1', 5060), undefined);
  assert.equal(table.addAlias(b, 40002), 'added');
  assert.equal(table.addAlias(b, 5060), 'added');
  table.remove(b);
  assert.deepEqual(gone, [true, true]);
  assert.equal(table.hasAlias(b), false);
});

test('a connection has four ports at most, its own among them', () => {
  const table = createConnectionTable();
  const a = connection(table.nextId(), 40001);
  table.add(a);
  const outcomes = [5060, 5061, 40001, 5062, 5063].map((port) => table.addAlias(a, port));
  assert.deepEqual(outcomes, ['added', 'added', 'added', 'added', 'full']);
});

test('with a wish only the connections that were opened with it are found', () => {
  const table = createConnectionTable();
  const [one, two, key, none] = [
    { ...connection(table.nextId(), 80), path: '/one', headers: '' },
    { ...connection(table.nextId(), 80), path: '/two', headers: '' },
    { ...connection(table.nextId(), 80), path: '/two', headers: 'X-Key: 1\r\n' },
    connection(table.nextId(), 80),
  ];
  for (const each of [one, two, key, none]) table.add(each);
  const found = (wish?: UpgradeWish) => table.find('ws', '192.0.2.1', 80, wish);
  assert.equal(found({ path: '/one' }), one);
  assert.equal(found({ path: '/two' }), key, 'what is not wished may be anything');
  assert.equal(found({ path: '/two', headers: '' }), two);
  assert.equal(found({ headers: 'X-Key: 1\r\n' }), key);
  assert.equal(found({ path: '/one', headers: 'X-Key: 1\r\n' }), undefined);
  assert.equal(found({ path: '/three' }), undefined);
  assert.equal(found({}), none);
  assert.equal(found(), none);
});
