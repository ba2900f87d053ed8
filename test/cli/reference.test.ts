/** `tsips doc` and `tsips schema`: docs/operation.md. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Knowledge } from '../../grammar/tools.ts';
import { parseCommandLine } from '../../runtime/cli/command-line.ts';
import { doc, schema } from '../../runtime/cli/reference.ts';
import { helpTextOf } from '../../runtime/cli/usage.ts';
import { hostKnowledge } from '../../runtime/host-knowledge.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await hostKnowledge();
});

/** Runs the words in this process. */
async function run(...argv: string[]): Promise<{ code: number; out: string; errors: string[] }> {
  const parsed = parseCommandLine(argv);
  assert.ok(parsed.kind === 'words');
  let out = '';
  const errors: string[] = [];
  const code = await (parsed.line.command === 'doc' ? doc : schema)(parsed.line, {
    core: { error: (_caller: string, message: string) => void errors.push(message) },
    terminal: {
      print: (text: string) => {
        out += text;
      },
    },
    knowledge,
  });
  return { code, out, errors };
}

/** What is asked, the head of each entry that answers, and lines that are among them. */
const answers: readonly (readonly [asked: string, heads: readonly string[], lines: readonly string[]])[] = [
  [
    'tm:fr_timeout',
    ['tm:fr_timeout: parameter of the module tm'],
    [
      '  OpenSIPS: in every version; integer, default 30',
      '  formerly fr_timer',
      '    integer, seconds, at least 2, default 30',
    ],
  ],
  ['fr_timer', ['tm:fr_timer: parameter of the module tm'], ['  its name is now fr_timeout']],
  ['$ru', ['$ru: variable of the core'], ['  OpenSIPS: in every version; $name, assignable']],
  ['{s.len}', ['{s.len}: transformation of the core'], ['  tsips: the length in bytes']],
  ['siptrace.so', ['siptrace: module'], ['  its name is now tracer (sip_trace() became trace())']],
  [
    'exec',
    ['exec: module', 'exec(): function of the module exec'],
    ['  tsips does not have it', '  formerly exec_avp, exec_dset, exec_msg'],
  ],
  [
    'has_totag()',
    ['has_totag(): function of the module sipmsgops', 'has_totag(): function of the module uri'],
    ['  its name is now has_totag of the module sipmsgops'],
  ],
  [
    'children',
    ['children: global parameter of the core'],
    ['    only in 3.0: number, at start 8, works with a warning', '  its name is now udp_workers'],
  ],
  [
    'mem_log',
    ['mem_log: global parameter of the core'],
    ['    changed its default from 14 to 15 within 2.3'],
  ],
  ['E_UL_AOR_INSERT', ['E_UL_AOR_INSERT: event of the module usrloc'], []],
  ['rcv_requests', ['core:rcv_requests: statistic of the core'], ['  tsips: requests received']],
  [
    'usrloc:ul_dump',
    ['ul_dump: management command of the module usrloc'],
    ['    from 3.0 to 3.6: parameters: none | brief', '  its name is now dump'],
  ],
  ['phone', ['phone: module'], ['  OpenSIPS does not have it']],
  ['tls_mgm:tls_cert_key', [], []],
];

test('doc: the entries of a name, by whichever way it is written', async () => {
  for (const [asked, heads, lines] of answers) {
    const { code, out, errors } = await run('doc', asked);
    const all = out.split('\n');
    const found = all.filter((line) => /^\S/.test(line));
    assert.deepEqual(found, heads, asked);
    for (const line of lines) assert.ok(all.includes(line), `${asked}: ${line} is not in\n${out}`);
    assert.equal(code, heads.length > 0 ? 0 : 255, asked);
    assert.equal(errors.length, heads.length > 0 ? 0 : 1, asked);
  }
});

test('doc: unknown names are said with what may be meant, the others are told', async () => {
  const { code, out, errors } = await run('doc', 'tm:fr_timeot', 'sl_send_repli', 'zzzzzzzzzz', '$ru');
  assert.equal(code, 255);
  assert.ok(out.startsWith('$ru: variable of the core\n'));
  assert.deepEqual(
    errors.map((line) => line.replace(/ or .*/, ' …')),
    [
      'nothing is known of tm:fr_timeot (did you mean tm:fr_timeout …',
      'nothing is known of sl_send_repli (did you mean sl_send_reply …',
      'nothing is known of zzzzzzzzzz',
    ],
  );
});

test('doc --opensips: only what that version has; where it has nothing, that is said', async () => {
  const { out } = await run('doc', 't_relay', '--opensips', '2.4');
  assert.match(out, /OpenSIPS: up to 2\.4; 0 to 2 quoted arguments, in route, failure_route\n/);
  const gone = await run('doc', 'listen', '--opensips', '4.0');
  assert.match(gone.out, /^OpenSIPS 4\.0 does not have it; others do:\n\nlisten: /);
});

test('doc --format json: the entries as data, an unknown name with none', async () => {
  const { code, out } = await run('doc', '--format', 'json', 'tm:fr_timeout', 'zzzzzzzzzz');
  assert.equal(code, 255);
  const [known, unknown] = JSON.parse(out);
  assert.deepEqual(unknown, { asked: 'zzzzzzzzzz', entries: [], near: [], notInVersion: false });
  const { kind, owner, opensips, formerly, tsips } = known.entries[0];
  assert.deepEqual([kind, owner, formerly, tsips.facts.unit], ['param', 'tm', ['fr_timer'], 'seconds']);
  assert.deepEqual(opensips, [{ since: '2.1', until: '4.0', facts: { type: 'int', default: '30' } }]);
});

test('schema: that of each module and that of all are JSON Schema, and judge values as a check does', async () => {
  const ajv = new Ajv2020({ strict: false });
  const all = await run('schema');
  const judgeAll = ajv.compile(JSON.parse(all.out));
  assert.ok(judgeAll({ tm: { fr_timeout: 5 }, rtpengine: { rtpengine_sock: ['udp:a:1', 'udp:b:1'] } }));
  assert.ok(!judgeAll({ no_such_module: {} }));
  for (const [module, version, value, fits] of [
    ['tm', [], { fr_timeout: 5 }, true],
    ['tm', [], { fr_timeout: 1 }, false],
    ['tm', [], { fr_timeout: '5' }, false],
    ['tm', [], { no_such_thing: 5 }, false],
    ['avpops', [], { db_url: ['1 sqlite:/a', '2 sqlite:/b'] }, true],
    ['proto_ws', ['--opensips', '3.2'], { require_origin: 1 }, true],
    ['proto_ws', ['--opensips', '2.4'], { require_origin: 1 }, false],
    ['siptrace', [], { trace_on: 1 }, true],
    ['siptrace', [], { trace_on: 'yes' }, false],
  ] as const) {
    const { out } = await run('schema', module, ...version);
    assert.equal(ajv.validate(JSON.parse(out), value), fits, `${module} ${JSON.stringify(value)}`);
  }
});

test('schema: units, lifetimes, defaults and what changes nothing stand in it', async () => {
  const { properties } = JSON.parse((await run('schema', 'tm')).out);
  assert.equal(properties.fr_timeout['x-unit'], 'seconds');
  assert.equal(properties.fr_timeout.default, 30);
  assert.equal(properties.fr_timer.deprecated, true);
  const trace = JSON.parse((await run('schema', 'siptrace')).out);
  assert.equal(trace['x-tsips'], false);
});

test('schema: an unknown module, and one that a version lacks, are refused', async () => {
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [['rtpengin'], /no module rtpengin \(did you mean rtpengine\?\)/],
    [['siptrace', '--opensips', '3.6'], /OpenSIPS 3\.6 has no module siptrace/],
    [['tm', 'sl'], /one module at a time/],
  ];
  for (const [words, says] of refused) {
    const { code, out, errors } = await run('schema', ...words);
    assert.deepEqual([code, out], [255, '']);
    assert.match(errors.join(), says);
  }
});

test('words with options of their own: what is wrong with them, and their help', () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['doc'], /doc: give a name/],
    [['doc', 'tm', '--opensips', '1.11'], /bad OpenSIPS version: --opensips 1\.11/],
    [['doc', 'tm', '--format', 'xml'], /bad format: --format xml \(one of human, json\)/],
    [['schema', '--nothing'], /Unknown option `--nothing`/],
  ];
  for (const [argv, says] of wrong) {
    const parsed = parseCommandLine(argv);
    assert.ok(parsed.kind === 'wrong');
    assert.match(parsed.problems[0]?.message ?? '', says);
  }
  assert.deepEqual(parseCommandLine(['doc', '-h']), { kind: 'help', command: 'doc' });
  assert.match(helpTextOf('doc'), /Usage: tsips doc \[options\] NAME\.\.\.\n/);
  assert.match(helpTextOf(undefined), / {4}doc {17}Print what is known/);
});
