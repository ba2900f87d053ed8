/** Branches: what measured-branches.json cannot show. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RouteLetter } from '../../../runtime/module-exports.ts';
import { script } from './support.ts';

const aside = '$branch = "sip:b@x"; $(branch(q)[0]) = 900; $ru_q = 100; serialize_branches(1);';

const kinds: readonly (readonly [RouteLetter, string, boolean])[] = [
  ['R', 'route', true],
  ['F', 'failure_route[f]', true],
  ['B', 'branch_route[f]', false],
  ['O', 'onreply_route[f]', false],
  ['L', 'local_route', false],
  ['E', 'error_route', false],
];

for (const [letter, block, allowed] of kinds) {
  test(`next_branches in ${block} ${allowed ? 'takes the next one' : 'is refused'}`, () => {
    const compiled = script(`${block} { ${aside} next_branches(); xlog("$rc|$ru"); }`);
    compiled.run(block.includes('[f]') ? 'f' : undefined, letter);
    assert.deepEqual(compiled.lines, [allowed ? '1|sip:b@x' : '-1|sip:bob@example.com']);
    assert.equal(compiled.complaints.length, allowed ? 0 : 1);
  });
}

test('what is put aside lives with the AVPs, so that a failure_route finds it', () => {
  const compiled = script(
    `route { ${aside} next_branches(); } failure_route[f] { next_branches(); xlog("$rc|$ru|$ru_q"); }`,
  );
  const run = compiled.newRun();
  compiled.routes.run('R', undefined, run);
  compiled.routes.run('F', 'f', run);
  assert.deepEqual(compiled.lines, ['2|sip:bob@example.com|100']);
});

test('a value that somebody else put into that AVP is passed over', () => {
  const compiled = script(
    `route { ${aside} $avp(serial_branch) = "other"; next_branches(); xlog("$rc|$ru"); }`,
  );
  compiled.run();
  assert.deepEqual(compiled.lines, ['1|sip:b@x']);
});

const refused: readonly (readonly [string, RegExp])[] = [
  ['append_msg_branch("sip:b@x", "2");', /Bad qvalue \(2\)/],
  ['append_msg_branch("sip:b@x", , "other");', /Unknown flag: other/],
];

for (const [statement, why] of refused) {
  test(`${statement} keeps the host from starting`, () => {
    const { routes } = script(`route { ${statement} }`);
    assert.equal(routes.problems.length, 1);
    assert.match(routes.problems[0]?.message ?? '', why);
  });
}

const older = [
  ['append_branch("sip:b@x", "0.5"); xlog("$(branch(uri)[0])|$(branch(q)[0])");', 'sip:b@x|0.5'],
  ['append_branch(); append_branch("sip:b@x"); remove_branch(0); xlog("$(branch(uri)[*])");', 'sip:b@x'],
  [
    'append_branch("sip:b@x"); swap_branches(0); xlog("$ru|$(branch(uri)[0])");',
    'sip:b@x|sip:bob@example.com',
  ],
  [
    'append_branch("sip:a@x"); append_branch("sip:b@x"); move_branch(1); xlog("$ru|$(branch(uri)[*])");',
    'sip:b@x|sip:a@x',
  ],
] as const;

for (const [statements, line] of older) {
  test(`up to 3.5: ${statements}`, () => {
    const compiled = script(`route { ${statements} }`);
    assert.deepEqual(compiled.routes.problems, []);
    compiled.run();
    assert.deepEqual(compiled.lines, [line]);
  });
}

test('a URI of more than 1023 bytes is no branch', () => {
  const compiled = script('route { append_msg_branch("sip:$hdr(X-Long)@x"); xlog("$rc"); }');
  compiled.runWith(
    [
      'OPTIONS sip:bob@example.com SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1:17651;branch=z9hG4bK1',
      'From: <sip:a@x>;tag=1',
      'To: <sip:b@x>',
      'Call-ID: 1',
      'CSeq: 1 OPTIONS',
      `X-Long: ${'a'.repeat(1100)}`,
      '',
      '',
    ].join('\r\n'),
  );
  assert.deepEqual(compiled.lines, ['-1']);
  assert.match(compiled.complaints[0] ?? '', /too long uri/);
});
