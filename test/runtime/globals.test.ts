import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  type Config,
  type GlobalKind,
  type GlobalValue,
  judgeGlobal,
  loadCatalogue,
  versions,
} from '../../grammar/index.ts';
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

/** Which kinds of the catalogue take which forms of value. */
const forms: readonly (readonly [string, GlobalValue, readonly GlobalKind[]])[] = [
  ['a number', number(1), ['number', 'signed-number', 'boolean']],
  ['a negative number', number(-1), ['signed-number']],
  ['a quoted string', string('anything'), ['string', 'path-list', 'address']],
  ['a bare word', word('anything'), ['id', 'address']],
];

test('every core global of every version, in every spelling, has a row', () => {
  const missing = catalogue.globalNames.filter((name) => !globalSupport.has(name));
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

test('a row takes the forms of value that the grammar of some version takes, and no other', () => {
  for (const name of catalogue.core.names('global')) {
    const support = globalSupport.get(name);
    if (support === undefined || support.value.type === 'construct') continue;
    const kinds = catalogue.global(name).flatMap((facts) => facts.kind);
    for (const [what, value, takers] of forms) {
      const judged = judgeGlobal(support.value, value);
      const refused = !judged.ok && (judged.wrong === 'type' || what === 'a negative number');
      assert.equal(
        !refused,
        kinds.some((kind) => takers.includes(kind)),
        `${name}: ${what}`,
      );
    }
  }
});

test('a row says what it asks for', () => {
  const asked = (name: string, value: GlobalValue) => {
    const support = globalSupport.get(name);
    const judged = support && judgeGlobal(support.value, value);
    return judged?.ok ? 'ok' : `${judged?.wrong}: ${judged?.expected}`;
  };
  assert.equal(asked('advertised_port', number(65536)), 'range: a number from 1 to 65535');
  assert.equal(asked('log_level', string('3')), 'type: a number');
  assert.equal(asked('tcp_connect_timeout', number(0)), 'range: a number of at least 1');
  assert.equal(asked('server_signature', word('maybe')), 'type: yes or no');
  assert.equal(asked('log_prefix', number(1)), 'type: a quoted string');
  assert.equal(asked('syslog_facility', string('LOG_LOCAL0')).slice(0, 20), 'type: one of LOG_AUT');
  assert.equal(asked('syslog_facility', word('LOG_LOCAL9')).slice(0, 21), 'range: one of LOG_AUT');
  assert.equal(asked('stderror_log_format', string('xml')), 'range: one of "plain_text", "json", "json_cee"');
  assert.equal(asked('tcp_no_new_conn_rplflag', number(1)), 'type: a word without quotes');
  assert.equal(asked('advertised_address', number(1)), 'type: an address or a host name');
  assert.equal(asked('tos', string('x')), 'type: a number of at least 0, or a word');
  assert.equal(asked('socket', string('x')), 'type: its own form of value');
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
  const read = globalValues(given, { overrides: { log_level: 3 } });
  assert.equal(read.get('log_level'), 3);
  assert.equal(read.get('mem_log'), 3);
  assert.equal(read.get('workdir'), '/tmp');
  assert.equal(globalValues(config(), { overrides: { debug_mode: 1 } }).get('log_level'), 4);
});
