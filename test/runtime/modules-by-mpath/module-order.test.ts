import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Manifest, paramDependencyHolds } from '../../../grammar/index.ts';
import { type ModuleNode, orderModules } from '../../../runtime/module-order.ts';

type Missing = 'abort' | 'warn' | 'silent';

/** `a: b, kind:transport~silent` in short. */
function node(name: string, needs: readonly string[] = [], more: Partial<Manifest> = {}): ModuleNode {
  const dependencies = needs.map((need) => {
    const [target = '', missing = 'abort'] = need.split('~');
    const kind = target.startsWith('kind:') ? { kind: target.slice(5) } : { module: target };
    return { ...kind, missing: missing as Missing };
  });
  return { manifest: { name, dependencies, ...more }, given: [] };
}

const names = (nodes: readonly ModuleNode[]) => nodes.map(({ manifest }) => manifest.name).join(' ');

const orders: [what: string, nodes: ModuleNode[], expected: string][] = [
  ['without dependencies: as in the file', [node('c'), node('a'), node('b')], 'c a b'],
  ['what is needed comes first', [node('a', ['c']), node('b'), node('c')], 'c a b'],
  ['a chain', [node('a', ['b']), node('b', ['c']), node('c')], 'c b a'],
  [
    'a kind: all modules of it',
    [
      node('tm', ['kind:transport']),
      node('w', [], { kind: 'transport' }),
      node('u', [], { kind: 'transport' }),
    ],
    'w u tm',
  ],
  [
    'a module of the kind that it asks for does not wait for itself',
    [node('a', ['kind:x'], { kind: 'x' }), node('b', [], { kind: 'x' })],
    'b a',
  ],
  ['a silent dependency orders as well', [node('a', ['b~silent']), node('b')], 'b a'],
  ['a missing one does not', [node('a', ['z~warn']), node('b')], 'a b'],
];

for (const [what, nodes, expected] of orders) {
  test(`module order: ${what}`, () => {
    const order = orderModules(nodes);
    assert.equal(names(order.modules), expected);
    assert.deepEqual(order.circles, []);
  });
}

test('module order: a circle is told with its path, and every module is still there once', () => {
  const order = orderModules([node('x', ['a']), node('a', ['b']), node('b', ['c']), node('c', ['a'])]);
  assert.deepEqual(order.circles, [['a', 'b', 'c', 'a']]);
  assert.equal(names(order.modules), 'c b a x');
});

test('module order: a module that needs itself is a circle of one', () => {
  assert.deepEqual(orderModules([node('a', ['a'])]).circles, [['a', 'a']]);
});

test('module order: a circle is opened at a silent dependency', () => {
  const order = orderModules([node('a', ['b']), node('b', ['a~silent'])]);
  assert.deepEqual(order.circles, []);
  assert.equal(names(order.modules), 'b a');
});

test('module order: missing dependencies name who asks, for what, and how badly', () => {
  const { missing } = orderModules([node('a', ['z~warn', 'kind:sqldb'])]);
  assert.deepEqual(missing, [
    { from: 'a', dependency: { module: 'z', missing: 'warn' } },
    { from: 'a', dependency: { kind: 'sqldb', missing: 'abort' } },
  ]);
});

test('module order: a parameter makes a dependency only when its value asks for it', () => {
  const manifest: Manifest = {
    name: 'acc',
    dependenciesFromParams: {
      db_url: [{ kind: 'sqldb', missing: 'abort', when: { is: 'not-empty' } }],
    },
  };
  const sql = node('db_text', [], { kind: 'sqldb' });
  const asks = (given: ModuleNode['given']) => names(orderModules([{ manifest, given }, sql]).modules);
  assert.equal(asks([]), 'acc db_text');
  assert.equal(asks([{ name: 'db_url', value: '' }]), 'acc db_text');
  assert.equal(asks([{ name: 'db_url', value: 'text:///x' }]), 'db_text acc');
  const [edge] = orderModules([{ manifest, given: [{ name: 'db_url', value: 'text:///x' }] }, sql]).edges;
  assert.equal(edge?.param, 'db_url');
});

test('module order: each kind of condition on a parameter', () => {
  assert.equal(paramDependencyHolds({ is: 'set' }, ''), true);
  assert.equal(paramDependencyHolds({ is: 'not-empty' }, ''), false);
  assert.equal(paramDependencyHolds({ is: 'greater-than', value: 0 }, 0), false);
  assert.equal(paramDependencyHolds({ is: 'greater-than', value: 0 }, 2), true);
  assert.equal(paramDependencyHolds({ is: 'starts-with', value: 'tls:' }, 'tls:x'), true);
  assert.equal(paramDependencyHolds({ is: 'starts-with', value: 'tls:' }, 'x tls:'), false);
  assert.equal(paramDependencyHolds({ is: 'one-of', values: [1, 'a'] }, 'a'), true);
  assert.equal(paramDependencyHolds({ is: 'one-of', values: [1, 'a'] }, '1'), false);
});
