/** Conditions that only 2.x has (cfg.y of 2.2, exp_elem and exp_cond), and its other forms. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './support.ts';

const message = [
  'INVITE sip:bob@127.0.0.1:17650 SIP/2.0',
  'Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK1',
  'From: <sip:alice@a.example>;tag=1',
  'To: <sip:bob@b.example>',
  'Call-ID: 1',
  'CSeq: 1 INVITE',
  '',
  '',
].join('\r\n');

const conditions: readonly (readonly [condition: string, wanted: boolean])[] = [
  ['method=="INVITE"', true],
  ['method==INVITE', true],
  ['method=="invite"', true],
  ['method!="ACK"', true],
  ['method=~"^(INV|ACK)"', true],
  ['method!~"^INV"', false],
  ['uri=="sip:bob@127.0.0.1:17650"', true],
  ['uri=~"^sip:bob@"', true],
  ['uri==myself', true],
  ['uri!=myself', false],
  ['from_uri==myself', false],
  ['from_uri!=myself', true],
  ['to_uri=~"@b\\.example$"', true],
  ['from_uri=="sip:alice@a.example"', true],
  ['src_ip==127.0.0.1', true],
  ['src_ip==127.0.0.0/8', true],
  ['src_ip!=10.0.0.0/8', true],
  ['src_ip==myself', true],
  ['src_port==17651', true],
  ['src_port>17651', false],
  ['dst_ip==127.0.0.1', true],
  ['dst_port==17650', true],
  ['proto==UDP', true],
  ['proto==TCP', false],
  ['af==INET', true],
  ['af==INET6', false],
  ['msg:len>100', true],
  ['msg:len>=max_len', false],
  ['$rd==myself', true],
  ['$retcode==1', true],
  ['$rm==INVITE', true],
];

for (const [condition, wanted] of conditions) {
  test(`cfg.y 2.2 exp_elem: ${condition}`, () => {
    const compiled = script(`route { if (${condition}) xlog("true"); else xlog("false"); }`);
    compiled.runWith(message);
    assert.deepEqual(compiled.routes.problems, []);
    assert.deepEqual(compiled.lines, [String(wanted)]);
  });
}

test('up to 2.4 flags are numbers or words, and functions may stand without brackets', () => {
  const compiled = script(
    'route { setflag(5); setflag(WORD); setbflag(7); if (isflagset(5) && isflagset(WORD) && isbflagset(7)) xlog("set"); force_rport; }',
  );
  const run = compiled.newRun();
  compiled.routes.run('R', undefined, run);
  assert.deepEqual(compiled.lines, ['set']);
  assert.equal(run.message.forceRport, true);
});

test('up to 2.4 numbers and variables are given between quotes', () => {
  const seen: unknown[] = [];
  const compiled = script(
    'route { $var(n) = 7; f("200", "$var(n)", "text $var(n)", "$avp(out)"); xlog("$avp(out)"); }',
    {
      commands: {
        f: {
          signature: { params: ['i', 'i', 's', 'v'], routes: '*' },
          command: {
            prepare: (args) => (run) => {
              seen.push(...args.slice(0, 3).map((argument) => argument.evaluate(run)));
              args[3]?.assign(run, 'written');
            },
          },
        },
      },
    },
  );
  compiled.run();
  assert.deepEqual(seen, [200, 7, 'text 7']);
  assert.deepEqual(compiled.lines, ['written']);
});
