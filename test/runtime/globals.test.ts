import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config, GlobalKind, GlobalValue } from '../../grammar/index.ts';
import { at, judgeGlobal, loadCatalogue, versions } from '../../grammar/index.ts';
import { globalSupport, globalValues } from '../../runtime/globals.ts';

const catalogue = await loadCatalogue();
const nowhere = { start: 0, end: 0 };

const number = (value: number): GlobalValue => ({ kind: 'Number', value, span: nowhere });
const string = (value: string): GlobalValue => ({ kind: 'String', value, span: nowhere });
const word = (text: string): GlobalValue => ({
  kind: 'Host',
  text,
  form: 'name',
  quoted: false,
  span: nowhere,
});

function config(...lines: readonly (readonly [string, GlobalValue])[]): Config {
  return {
    kind: 'Config',
    span: nowhere,
    items: lines.map(([text, value]) => ({
      kind: 'GlobalParameter',
      name: { kind: 'Name', text, quoted: false, span: nowhere },
      value,
      span: nowhere,
    })),
  };
}

/** A value of each kind that the grammar of some version takes. */
const samples: Partial<Record<GlobalKind, GlobalValue>> = {
  number: number(1),
  'signed-number': number(1),
  boolean: number(1),
  string: string('plain_text'),
  address: word('192.0.2.1'),
};

test('every core global of every version has a row', () => {
  const missing = catalogue.core.names('global').filter((name) => !globalSupport.has(name));
  assert.deepEqual(missing, []);
});

test('every row is a global of the catalogue, or says that it is our own', () => {
  for (const [name, support] of globalSupport) {
    assert.ok(catalogue.global(name).length > 0 || support.kind !== undefined, name);
  }
});

test('a row without effect or for later says why', () => {
  for (const [name, support] of globalSupport) {
    assert.equal(support.why === undefined, support.support === 'works', name);
  }
});

test('a row judges right what the grammar takes, by kind', () => {
  for (const name of catalogue.core.names('global')) {
    const support = globalSupport.get(name);
    for (const kind of catalogue.global(name).flatMap((facts) => facts.kind)) {
      const sample = samples[kind];
      if (support === undefined || sample === undefined) continue;
      const judged = judgeGlobal(support.value, sample);
      assert.ok(
        judged.ok || judged.wrong === 'range' || support.value.type === 'construct',
        `${name} ${kind}`,
      );
    }
  }
});

test('a default is what the catalogue has as the initial value, version by version', () => {
  const differing: string[] = [];
  for (const name of catalogue.core.names('global')) {
    for (const version of versions) {
      const facts = at(catalogue.global(name), version);
      if (facts?.init === undefined || facts.refused) continue;
      const value = globalValues(config(), { version }).get(name);
      if (String(value ?? '') !== facts.init.replace('NULL', ''))
        differing.push(`${name} ${version} ${facts.init} ${value}`);
    }
  }
  // -1 stands for `as the library has it` there; undefined does here.
  assert.deepEqual(
    differing.filter((line) => !/^(dns_use_search_list|disable_stateless_fwd) \S+ -1 undefined$/.test(line)),
    [],
  );
});

const values: readonly (readonly [string, Config, string, unknown])[] = [
  ['an older name', config(['debug', number(4)]), 'log_level', 4],
  ['asked for by the older name', config(['log_level', number(4)]), 'debug', 4],
  ['the last one counts', config(['log_level', number(3)], ['log_level', number(-1)]), 'log_level', -1],
  ['children became workers', config(['children', number(5)]), 'udp_workers', 5],
  ['fork is the opposite of debug_mode', config(['fork', number(0)]), 'debug_mode', 1],
  [
    'debug_mode raises the level',
    config(['debug_mode', number(1)], ['log_level', number(1)]),
    'log_level',
    4,
  ],
  [
    'debug_mode leaves syslog out',
    config(['syslog_enabled', number(1)], ['debug_mode', number(1)]),
    'syslog_enabled',
    0,
  ],
  ['log_stderror=no turns syslog on', config(['log_stderror', number(0)]), 'syslog_enabled', 1],
  ['log_stderror=no turns standard error off', config(['log_stderror', number(0)]), 'stderror_enabled', 0],
  ['a bare word', config(['log_facility', word('LOG_LOCAL1')]), 'syslog_facility', 'LOG_LOCAL1'],
  ['a boolean is 0 or 1', config(['server_signature', number(7)]), 'server_signature', 1],
  [
    'a value of the wrong type is not taken',
    config(['tcp_max_connections', string('9')]),
    'tcp_max_connections',
    2048,
  ],
  [
    'a value out of range is not taken',
    config(['advertised_port', number(70000)]),
    'advertised_port',
    undefined,
  ],
  ['nothing known', config(), 'no_such_global', undefined],
];

for (const [what, given, name, expected] of values) {
  test(`values: ${what}`, () => assert.equal(globalValues(given).get(name), expected));
}

test('values: mpath lines gather in order', () => {
  const given = config(['mpath', string('/a/')], ['mpath', string('/b/')]);
  assert.deepEqual(globalValues(given).list('mpath'), ['/a/', '/b/']);
  assert.deepEqual(globalValues(config()).list('mpath'), []);
});

test('values: what is given is told apart from a default', () => {
  const read = globalValues(config(['log_level', number(2)]));
  assert.equal(read.given('log_level'), 2);
  assert.equal(read.given('tcp_connection_lifetime'), undefined);
  assert.equal(read.number('tcp_connection_lifetime'), 120);
  assert.equal(read.flag('server_signature'), true);
  assert.equal(read.text('log_prefix'), '');
});

test('values: defaults follow the version of the config', () => {
  assert.equal(globalValues(config(), { version: '2.4' }).get('auto_aliases'), 1);
  assert.equal(globalValues(config(), { version: '3.1' }).get('auto_aliases'), 0);
  assert.equal(globalValues(config(), { version: '3.1' }).get('max_while_loops'), 100);
  assert.equal(globalValues(config()).get('max_while_loops'), 10000);
  assert.equal(globalValues(config(), { version: '2.4' }).get('xlog_level'), undefined);
});

test('values: the command line outweighs the config, another spelling leads to the same value', () => {
  const given = config(['log_level', number(1)], ['memlog', number(3)], ['wdir', string('/tmp')]);
  const read = globalValues(given, { overrides: { log_level: 3 }, spelling: catalogue.globalName });
  assert.equal(read.get('log_level'), 3);
  assert.equal(read.get('mem_log'), 3);
  assert.equal(read.get('workdir'), '/tmp');
  assert.equal(globalValues(config(), { overrides: { debug_mode: 1 } }).get('log_level'), 4);
});
