import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseTagFields } from '../../../modules/acc/fields.ts';
import { parseOlderFields } from '../../../modules/acc/older-fields.ts';
import { checkConfig } from '../../../runtime/index.ts';

/** The errors of a config with these lines and this script. */
async function errorsOf(
  lines: readonly string[],
  script: string,
  version = '3.6',
): Promise<readonly string[]> {
  const config = [
    'socket=udp:127.0.0.1:5060',
    ...['proto_udp', 'tm', 'rr', 'acc'].map((name) => `loadmodule "${name}.so"`),
    ...lines,
    `route { ${script} }`,
    '',
  ].join('\n');
  const { diagnostics, parsed } = await checkConfig({ config, version, listenOn: () => '127.0.0.1:0' });
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ message, span }) => `${parsed.source.locate(span.start).line}: ${message}`);
}

describe('a check tells', () => {
  const cases: readonly [what: string, lines: readonly string[], script: string, expected: RegExp][] = [
    ['a backend that is none', ['modparam("acc", "extra_fields", "lgo: a")'], 'exit;', /^6: .*extra_fields/],
    [
      'a facility that is none',
      ['modparam("acc", "log_facility", "LOG_LOCAL9")'],
      'exit;',
      /^6: .*invalid log facility/,
    ],
    [
      'detect_direction without append_fromtag',
      ['modparam("rr", "append_fromtag", 0)', 'modparam("acc", "detect_direction", 1)'],
      'exit;',
      /^7: .*'append_fromtag' RR param is not enabled/,
    ],
    ['a tag that is in no extra_fields', [], '$acc_extra(none) = 1;', /^6: tag <none> is in no extra_fields/],
    [
      'a tag that is in no leg_fields',
      ['modparam("acc", "leg_fields", "log: a")'],
      'xlog("$(acc_leg(b)[0])");',
      /^7: tag <b> is in no leg_fields/,
    ],
    [
      'an accounting backend that is none',
      [],
      'do_accounting("lgo");',
      /^6: .*invalid accounting backend: <lgo>!/,
    ],
    ['a flag that is none', [], 'do_accounting("log", "mised");', /^6: .*invalid flag: <mised>!/],
    ['aaa', [], 'do_accounting("log|aaa");', /^6: .*no modules for AAA servers/],
    ['db without db_url', [], 'do_accounting("db");', /^6: .*no db_url is given/],
    ['an empty word', [], 'do_accounting("log|");', /^6: .*invalid accounting backend: <>!/],
  ];
  for (const [what, lines, script, expected] of cases) {
    test(what, async () => {
      const errors = await errorsOf(lines, script);
      assert.equal(errors.length, 1, errors.join('\n'));
      assert.match(errors[0] ?? '', expected);
    });
  }

  test('a variable of log_extra that nothing here has', async () => {
    const errors = await errorsOf(['modparam("acc", "log_extra", "a=$ru;b=$nosuch")'], 'exit;', '2.2');
    assert.deepEqual(errors, ['6: log_extra: nothing here has the variable $nosuch']);
  });

  test('up to 3.1 nothing of db without db_url', async () => {
    assert.deepEqual(await errorsOf([], 'do_accounting("db");', '3.1'), []);
  });

  test('nothing of words in any case, with blanks around', async () => {
    assert.deepEqual(await errorsOf([], 'do_accounting(" LOG | evi", "Missed |failed");'), []);
  });
});

describe('extra_fields and leg_fields', () => {
  test('a tag is its own name, or has another behind an arrow; white space and what is behind an empty word do not count', () => {
    const { tags, fields } = parseTagFields([' log : a; b->the b ;\n c', 'db:b;;d', 'evi: c']);
    assert.deepEqual(tags, ['a', 'b', 'c']);
    assert.deepEqual(fields.log, [
      { name: 'a', tag: 0 },
      { name: 'the b', tag: 1 },
      { name: 'c', tag: 2 },
    ]);
    assert.deepEqual(fields.db, [{ name: 'b', tag: 1 }]);
    assert.deepEqual(fields.evi, [{ name: 'c', tag: 2 }]);
  });

  test('the first definition of a tag counts', () => {
    const { fields, repeated } = parseTagFields(['log: a->one; a->two']);
    assert.deepEqual(fields.log, [{ name: 'one', tag: 0 }]);
    assert.deepEqual(repeated, ['a']);
  });
});

describe('log_extra and its kin', () => {
  test('names, variables, and the mark of the reply in any case', () => {
    assert.deepEqual(parseOlderFields(' ua = $hdr(User-Agent) ;why=$rr/reply; x=$(avp(a)[1]) / Reply'), [
      { name: 'ua', variable: '$hdr(User-Agent)', ofReply: false },
      { name: 'why', variable: '$rr', ofReply: true },
      { name: 'x', variable: '$(avp(a)[1])', ofReply: true },
    ]);
  });

  for (const text of ['a', 'a=', 'a=b', 'a=$ru;', '=$ru', 'a=$ru b=$rU', 'a=$ru/request', '']) {
    test(`refused: ${text}`, () => {
      assert.throws(() => parseOlderFields(text));
    });
  }
});
