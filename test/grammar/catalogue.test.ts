import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { type Chapter, type Dated, type FactKind, loadWholeCatalogue } from '../../grammar/catalogue.ts';
import { compareVersions, describeLifetime, isKnownVersion } from '../../grammar/versions/order.ts';

const catalogue = await loadWholeCatalogue();
const chapters = [catalogue.core, ...catalogue.moduleNames.flatMap((name) => catalogue.module(name) ?? [])];

type Checker = (value: unknown) => boolean;
const text: Checker = (value) => typeof value === 'string' && value !== '';
const anyText: Checker = (value) => typeof value === 'string';
const yes: Checker = (value) => value === true;
const count: Checker = (value) => Number.isInteger(value) && Number(value) >= 0;
const oneOf =
  (...values: readonly unknown[]): Checker =>
  (value) =>
    values.includes(value);
const listOf =
  (item: Checker): Checker =>
  (value) =>
    Array.isArray(value) && value.every(item);
const matching =
  (pattern: RegExp): Checker =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const letters = matching(/^(\*|[RFOBELSTV]+)$/);
const anything: Checker = (value) => value !== undefined;

const functionShape = {
  'min!': count,
  'max!': count,
  params: listOf(matching(/^[isvr]=?!?\??$/)),
  counts: listOf(count),
  forms: listOf(anyText),
  routes: letters,
  async: yes,
  bare: yes,
  aliasOf: text,
  binding: yes,
  build: text,
};

/** The fields of each kind; `!` marks those that are never absent. */
const shapes: Record<FactKind, Record<string, Checker>> = {
  global: {
    'kind!': listOf(
      oneOf(
        ...['number', 'signed-number', 'boolean', 'string', 'id', 'listen', 'address', 'alias-list'],
        ...['path-list', 'blacklist', 'mem-group', 'scaling-profile'],
      ),
    ),
    aliases: listOf(text),
    suffix: listOf(text),
    values: listOf(text),
    init: anyText,
    warned: yes,
    refused: yes,
  },
  statement: { 'forms!': listOf(anyText), bare: yes },
  route: { 'letter!': letters, 'brackets!': listOf((value) => value === null || text(value)) },
  function: { ...functionShape, 'routes!': letters },
  async: functionShape,
  variable: { 'forms!': matching(/^[pn]i?w?( [pn]i?w?)?$/), deprecated: yes },
  transformation: { 'args!': listOf(oneOf('int', 'string', 'char')), min: count },
  event: {},
  operand: {},
  include: {},
  syntax: { 'value!': anything },
  protocol: { module: text, port: count, portParam: text, transport: oneOf('stream', 'datagram') },
  reserved: { anyCase: yes },
  param: {
    'type!': oneOf('int', 'string', 'int|string'),
    setter: yes,
    default: anyText,
    init: anyText,
    build: text,
  },
  dep: {
    'missing!': oneOf('abort', 'warn', 'silent'),
    param: text,
    when: (value) => typeof value === 'object' && value !== null && 'op' in value,
    reverse: listOf(oneOf('init', 'destroy', 'minit', 'cinit', 'all')),
  },
  rename: { to: text, toModule: text, documented: yes, note: text },
  bind: {},
  documented: {},
  mi: { params: listOf(anyText), aliases: listOf(text) },
  stat: { name: text },
  change: {
    'change!': oneOf('added', 'removed', 'changed', 'default'),
    release: matching(/^(after )?\d+\.\d+\.\d+(-\w+)?$/),
    from: text,
    to: text,
  },
};

/** What a fact has wrong, in words; undefined where nothing is. */
function misshapen(facts: object, shape: Record<string, Checker>): string | undefined {
  const checkers = new Map(Object.entries(shape).map(([key, check]) => [key.replace('!', ''), check]));
  for (const key of Object.keys(shape).filter((name) => name.endsWith('!'))) {
    if (!(key.slice(0, -1) in facts)) return `${key} is missing`;
  }
  for (const [key, value] of Object.entries(facts)) {
    if (key === 'since' || key === 'until') continue;
    const check = checkers.get(key);
    if (!check) return `unknown field ${key}`;
    if (!check(value)) return `${key} is ${JSON.stringify(value)}`;
  }
  return undefined;
}

/** Every line of a chapter, with its kind. */
function* lines(chapter: Chapter): Generator<{ where: string; kind: FactKind; facts: Dated<object> }> {
  for (const kind of Object.keys(shapes) as FactKind[]) {
    for (const name of chapter.names(kind)) {
      for (const facts of chapter.find(kind, name))
        yield { where: `${chapter.name} ${kind} ${name}`, kind, facts };
    }
  }
}

test('shape: every fact of every chapter has the fields of its kind and no other', () => {
  let seen = 0;
  for (const chapter of chapters) {
    for (const { where, kind, facts } of lines(chapter)) {
      assert.equal(misshapen(facts, shapes[kind]), undefined, where);
      seen++;
    }
  }
  assert.ok(seen > 4500, `${seen} facts`);
});

test('shape: no line is lost: the facts of each kind are as many as its lines', () => {
  const counts = new Map<FactKind, number>();
  for (const chapter of chapters) {
    for (const { kind } of lines(chapter)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const expected: Partial<Record<FactKind, number>> = {
    rename: 206,
    change: 242,
    mi: 706,
    stat: 110,
    param: 2082,
    dep: 302,
    bind: 37,
    documented: 22,
  };
  for (const [kind, count] of Object.entries(expected))
    assert.equal(counts.get(kind as FactKind), count, kind);
});

const sideBySide: ReadonlySet<FactKind> = new Set(['dep', 'mi', 'change']);

test('shape: every range lies among the known versions, in order, inside its module’s, without overlap', () => {
  for (const chapter of chapters) {
    const last = new Map<string, string>();
    for (const { where, kind, facts } of lines(chapter)) {
      assert.ok(isKnownVersion(facts.since) && isKnownVersion(facts.until), where);
      assert.ok(compareVersions(facts.since, facts.until) <= 0, where);
      assert.ok(compareVersions(chapter.since, facts.since) <= 0, where);
      assert.ok(compareVersions(facts.until, chapter.until) <= 0, where);
      const before = last.get(where);
      // Dependencies of one module may hold side by side, each for another parameter; since 4.0 management
      // commands of one name stand side by side, each of another group.
      if (before !== undefined && !sideBySide.has(kind) && where !== 'callops function call_transfer') {
        assert.ok(compareVersions(before, facts.since) < 0, `${where} overlaps`);
      }
      last.set(where, facts.until);
    }
  }
});

test('every protocol but bond names a module that is in the catalogue in the same versions', () => {
  for (const protocol of catalogue.core.names('protocol')) {
    for (const facts of catalogue.protocol(protocol)) {
      if (protocol === 'bond') continue;
      const module = catalogue.module(facts.module ?? '');
      assert.ok(module, protocol);
      assert.ok(compareVersions(module.since, facts.since) <= 0, protocol);
      if (facts.portParam) assert.ok(module.find('param', facts.portParam).length > 0, protocol);
    }
  }
});

test('every rename leads to something that the catalogue has, or to nothing', () => {
  assert.equal(catalogue.renamed('global', 'debug')?.to, 'log_level');
  for (const [kind, from, module] of [
    ['function', 'rewritehost', undefined],
    ['function', 'has_totag', 'uri'],
    ['variable', 'Ri', undefined],
    ['module', 'siptrace', undefined],
    ['param', 'fr_timer', 'tm'],
  ] as const) {
    const renamed = catalogue.renamed(kind, from, module);
    assert.ok(renamed?.to, `${kind} ${from}`);
  }
  assert.deepEqual(catalogue.renamed('module', 'pdt'), { since: '2.1', until: '4.0' });
  assert.equal(catalogue.renamed('module', 'proto_ws'), undefined);
});

const lookUps: readonly (readonly [string, () => unknown, unknown])[] = [
  ['a global by another spelling', () => catalogue.globalName('memlog'), 'mem_log'],
  [
    'a global of 2.x that 3.x refuses by name',
    () => catalogue.global('debug').map((one) => one.refused),
    [undefined, true],
  ],
  ['an unknown global', () => catalogue.global('no_such_thing'), []],
  ['a module that went', () => describeLifetime([catalogue.module('siptrace') ?? {}]), 'up to 2.4'],
  ['an unknown module', () => catalogue.module('no such module'), undefined],
  ['a parameter', () => describeLifetime(catalogue.param('proto_ws', 'require_origin')), 'since 3.2'],
  ['a parameter of an unknown module', () => catalogue.param('nowhere', 'ws_port'), []],
  [
    'the modules of a function',
    () => new Set(catalogue.function('has_totag').map((one) => one.module)),
    new Set(['uri', 'sipmsgops']),
  ],
  ['a function of the core', () => catalogue.function('setflag').map((one) => one.module), ['core', 'core']],
  ['a function for async', () => catalogue.asyncFunction('rest_get')[0]?.module, 'rest_client'],
  ['a variable of the core', () => catalogue.variable('ru')[0]?.forms, 'pw'],
  ['a variable of a module', () => catalogue.variable('tls_peer_subject').at(-1)?.module, 'tls_mgm'],
  ['a transformation', () => catalogue.transformation('uri.user')[0]?.module, 'core'],
  ['an event', () => catalogue.event('E_UL_CONTACT_INSERT')[0]?.module, 'usrloc'],
  ['a protocol in any case', () => catalogue.protocol('WsS')[0]?.module, 'proto_wss'],
  ['a parameter of any module', () => catalogue.paramOfAny('ws_port').map((one) => one.module), ['proto_ws']],
  [
    'a management command, its successor knows it',
    () => catalogue.managementCommand('dump').find((one) => one.module === 'usrloc')?.aliases,
    ['ul_dump'],
  ],
  ['a statistic of the core', () => catalogue.statistic('rcv_requests')[0]?.module, 'core'],
  ['a statistic of a module', () => catalogue.statistic('registered_users')[0]?.module, 'usrloc'],
  [
    'what a branch changed',
    () => catalogue.changes('core', 'global', 'mem_log'),
    [{ change: 'default', from: '14', to: '15', since: '2.3', until: '2.3' }],
  ],
  ['names to suggest from', () => catalogue.names('function').includes('sl_send_reply'), true],
];

for (const [what, ask, expected] of lookUps) {
  test(`look-up: ${what}`, () => assert.deepEqual(ask(), expected));
}

test('loading the catalogue prints no warning of Node', () => {
  const url = new URL('../../grammar/catalogue.js', import.meta.url).href;
  const program = `import { loadCatalogue } from ${JSON.stringify(url)}; (await loadCatalogue()).module('tm');`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
});
