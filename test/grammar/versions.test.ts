import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeGuess, givenVersion, guessVersion, loadCatalogue, parse } from '../../grammar/index.ts';

const catalogue = await loadCatalogue();

function guess(text: string) {
  const { config, facts, source } = parse(text, { name: 'm.cfg' });
  const guessed = guessVersion(config, catalogue, facts);
  return { ...guessed, source, told: describeGuess(guessed, source) };
}

/** Each with the version, and what decides (the words at the reasons' places). */
const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['nothing that belongs to some versions only', 'log_level=3\n', '4.0', []],
  ['a global up to 2.1', 'debug=3\n', '2.1', ['debug']],
  ['a global up to 3.0', 'children=4\n', '3.0', ['children']],
  ['a global in another spelling', 'memlog=3\n', '4.0', []],
  ['a keyword up to 3.6', 'listen=udp:127.0.0.1:5060\n', '3.6', ['listen']],
  ['a module that went', 'loadmodule "siptrace.so"\n', '2.4', ['"siptrace.so"']],
  [
    'a module by its path',
    'loadmodule "/usr/lib/opensips/modules/avpops.so"\n',
    '3.4',
    ['"/usr/lib/opensips/modules/avpops.so"'],
  ],
  [
    'a module that became part of the core, its line still accepted',
    'loadmodule "event_route.so"\n',
    '4.0',
    [],
  ],
  ['a module of somebody else', 'loadmodule "ours.so"\nmodparam("ours","x",1)\n', '4.0', []],
  ['a parameter that went', 'loadmodule "tm.so"\nmodparam("tm","fr_timer",5)\n', '2.4', ['"fr_timer"']],
  [
    'a parameter, its module as a pattern',
    'loadmodule "tm.so"\nloadmodule "sl.so"\nmodparam("t.|sl","fr_timer",5)\n',
    '2.4',
    ['"fr_timer"'],
  ],
  ['a parameter of a module that is not loaded', 'modparam("tm","fr_timer",5)\n', '4.0', []],
  ['a syntax form', 'route {\n  if (uri==myself) exit;\n}\n', '2.3', ['uri']],
  [
    'quoted numbers for a function, as up to 2.4',
    'loadmodule "sl.so"\nroute {\n  sl_send_reply("200","OK");\n}\n',
    '2.4',
    ['sl_send_reply'],
  ],
  [
    'plain numbers for a function, as since 3.0',
    'loadmodule "sl.so"\nroute {\n  sl_send_reply(200,"OK");\n}\n',
    '4.0',
    [],
  ],
  ['a function of the core that went', 'route {\n  rewritehost("a");\n}\n', '3.2', ['rewritehost']],
  ['a variable that went', 'route {\n  $var(a) = $Ri;\n}\n', '3.2', ['Ri']],
  ['a variable in a text', 'route {\n  xlog("from $Ri\\n");\n}\n', '3.2', ['"from $Ri\\n"']],
  ['the oldest bound decides', 'children=4\nloadmodule "siptrace.so"\n', '2.4', ['"siptrace.so"']],
  [
    'two that decide together',
    'loadmodule "uri.so"\nloadmodule "siptrace.so"\n',
    '2.4',
    ['"uri.so"', '"siptrace.so"'],
  ],
  ['a protocol alone says no upper bound', 'socket=msrp:127.0.0.1:2855\n', '4.0', []],
];

for (const [what, text, version, words] of cases) {
  test(`version guessed: ${what} → ${version}`, () => {
    const { version: guessed, reasons, misfits, source } = guess(text);
    assert.equal(guessed, version);
    assert.deepEqual(
      reasons.map(({ span }) => source.text.slice(span.start, span.end)),
      words,
    );
    assert.deepEqual(misfits, []);
  });
}

test('where nothing fits, the version that fits most is taken, the newest of several, and the misfits are told', () => {
  const { version, misfits, source } = guess('socket=udp:127.0.0.1:5060\nsyslog_enabled=yes\ndebug=3\n');
  assert.equal(version, '4.0');
  assert.deepEqual(
    misfits.map(({ span }) => source.text.slice(span.start, span.end)),
    ['debug'],
  );
});

test('several parameters that a module lost at once are one sign', () => {
  const flags = ['log_flag', 'db_flag', 'aaa_flag', 'evi_flag', 'cdr_flag'];
  const params = flags.map((name) => `modparam("acc","${name}","F")\n`).join('');
  const { version, misfits } = guess(
    `syslog_enabled=yes\nstderror_enabled=no\nloadmodule "acc.so"\n${params}`,
  );
  assert.equal(version, '4.0');
  assert.equal(misfits.length, flags.length);
});

test('one thing used a hundred times counts once', () => {
  const replies = '  sl_send_reply("200","OK");\n'.repeat(100);
  const many = `loadmodule "sl.so"\nroute {\n${replies}}\n`;
  assert.equal(guess(`${many}socket=udp:127.0.0.1:5060\nsyslog_enabled=yes\n`).version, '4.0');
});

test('all versions that fit as well are told', () => {
  assert.deepEqual(guess('loadmodule "siptrace.so"\nlog_level=3\n').candidates, ['2.2', '2.3', '2.4']);
});

test('the guess in a sentence names what decides and its place', () => {
  assert.equal(guess('log_level=3\n').told, 'taken as written for OpenSIPS 4.0');
  assert.equal(
    guess('log_level=3\nloadmodule "siptrace.so"\n').told,
    'taken as written for OpenSIPS 2.4, the newest that fits: the module siptrace (m.cfg:2:12) exists up to 2.4',
  );
  assert.equal(
    guess('socket=udp:127.0.0.1:5060\nsyslog_enabled=yes\ndebug=3\n').told,
    'taken as written for OpenSIPS 4.0; no version fits all of it: the global parameter debug (m.cfg:3:1) exists up to 2.1',
  );
});

test('a version that was asked for needs no reason', () => {
  assert.deepEqual(givenVersion('3.1'), {
    version: '3.1',
    certainty: 'given',
    newEnough: [],
    reasons: [],
    misfits: [],
    candidates: ['3.1'],
  });
});
