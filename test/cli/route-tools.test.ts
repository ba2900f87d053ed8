/** `tsips explain` and `tsips run-route`: docs/operation.md. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { bodies, folder, run } from './program.ts';

const config = `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "sipmsgops.so"
route {
	if (is_method("OPTIONS")) { sl_send_reply(200, "OK"); exit; }
	append_hf("X-Note: $rU\\r\\n");
	remove_hf("Subject");
	$avp(a) = "x";
	$var(b) = 5;
	$branch = "sip:b2@192.0.2.2";
	route(relay);
}
route[relay] { xlog("to $ru\\n"); $du = "sip:192.0.2.9:5070"; forward(); }
failure_route[f] { xlog("failed\\n"); drop; }
route[broken] { $var(x) = 5 / $var(none); }
onreply_route { xlog("reply $rs\\n"); }
`;

const invite = [
  'INVITE sip:bob@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1',
  'From: <sip:a@x>;tag=1',
  'To: <sip:b@x>',
  'Call-ID: 1',
  'CSeq: 1 INVITE',
  'Subject: hi',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

function files(t: TestContext, text = config, message = invite) {
  const at = folder(t);
  const [cfg, sip] = [join(at, 'o.cfg'), join(at, 'm.sip')];
  writeFileSync(cfg, text);
  writeFileSync(sip, message, 'latin1');
  return { cfg, sip };
}

test('explain: each route with its place, and the modules of its functions behind its lines', async (t) => {
  const { cfg } = files(t);
  const { code, out } = await run(t, ['explain', '-f', cfg]);
  assert.equal(code, 0);
  assert.ok(out.startsWith(`# ${cfg}:5\nroute {\n`));
  assert.match(out, / {4}if \(is_method\("OPTIONS"\)\) \{ +# is_method: sipmsgops\n/);
  assert.match(out, /sl_send_reply\(200, "OK"\); +# sl_send_reply: sl\n/);
  assert.match(out, /forward\(\); +# forward: core\n/);
});

test('explain: what nobody has is said at its place, and the exit is 255', async (t) => {
  const { cfg } = files(t, config.replace('forward();', 'nobody_has_it(); route(nowhere);'));
  const { code, out } = await run(t, ['explain', '-f', cfg]);
  assert.equal(code, 255);
  assert.match(out, /nobody_has_it\(\); +# nobody_has_it: nobody has it\n/);
  assert.match(out, /route\(nowhere\); +# there is no such route\n/);
});

test('explain --format json: the routes as data', async (t) => {
  const { cfg } = files(t);
  const { code, out } = await run(t, ['explain', '-f', cfg, '--format', 'json']);
  assert.equal(code, 0);
  const { routes } = JSON.parse(out);
  assert.deepEqual(
    routes.map(({ kind, name, line, shadowed }: Record<string, unknown>) => [kind, name, line, shadowed]),
    [
      ['route', undefined, 5, false],
      ['route', 'relay', 14, false],
      ['failure_route', 'f', 15, false],
      ['route', 'broken', 16, false],
      ['onreply_route', undefined, 17, false],
    ],
  );
  assert.deepEqual(routes[0].calls, ['relay']);
  assert.deepEqual(routes[1].functions, [
    { name: 'xlog', module: 'core', file: cfg, line: 14 },
    { name: 'forward', module: 'core', file: cfg, line: 14 },
  ]);
});

test('run-route: the trace, the state, the edits and what would be sent', async (t) => {
  const { cfg, sip } = files(t);
  const { code, out } = await run(t, ['run-route', '-f', cfg, '--message', sip]);
  assert.equal(code, 0);
  const lines = out.split('\n');
  const has = (...wanted: string[]) => {
    for (const line of wanted) assert.ok(lines.includes(line), `${line}\nis not in\n${out}`);
  };
  has('trace of route', `  ${cfg}:6  core if`, `  ${cfg}:6  module is_method`, `  ${cfg}:12  route relay`);
  has('      log NOTICE: to sip:bob@example.com');
  has('      sends to udp:192.0.2.9:5070 by udp:127.0.0.1:5060: INVITE sip:bob@example.com SIP/2.0');
  has('  next hop     sip:192.0.2.9:5070', '  branch       sip:b2@192.0.2.2', '  $avp(a)  x', '  $var(b)  5');
  has(
    '  - Subject: hi',
    '  + X-Note: bob',
    '  --- to udp:192.0.2.9:5070 by udp:127.0.0.1:5060',
    '  X-Note: bob',
  );
});

test('run-route --format json: the same as data; a reply of the script is one of its steps', async (t) => {
  const { cfg, sip } = files(t, config, invite.replaceAll('INVITE', 'OPTIONS'));
  const { code, out } = await run(t, ['run-route', '-f', cfg, '--message', sip, '--format', 'json']);
  assert.equal(code, 0);
  const answer = JSON.parse(out);
  assert.deepEqual([answer.route, answer.dropped, answer.failed, answer.edits], ['route', false, false, []]);
  const replies = answer.steps.filter(({ kind }: { kind: string }) => kind === 'reply');
  assert.equal(replies.length, 1);
  assert.match(replies[0].message, /^SIP\/2\.0 200 OK\r\n/);
});

test('run-route --route: another route, of any kind', async (t) => {
  const { cfg, sip } = files(t);
  const { out } = await run(t, ['run-route', '-f', cfg, '--message', sip, '--route', 'failure_route[f]']);
  assert.match(out, /^trace of failure_route\[f\]\n/);
  assert.match(out, /log NOTICE: failed\n/);
  assert.match(out, /answer +-?\d+, dropped\n/);
  const relay = await run(t, ['run-route', '-f', cfg, '--message', sip, '--route', 'relay']);
  assert.match(relay.out, /^trace of route\[relay\]\n/);
});

test('run-route: a mistake of the script stands in the trace with its place', async (t) => {
  const { cfg, sip } = files(t);
  const { out } = await run(t, ['run-route', '-f', cfg, '--message', sip, '--route', 'broken']);
  assert.match(
    out,
    /log ERROR: core:eval_elem: divide by 0 at .*o\.cfg:16 \(route\[broken\], INVITE, Call-ID 1\)\n/,
  );
});

test('run-route: a reply runs onreply_route, and the standard input may hold the message', async (t) => {
  const { cfg } = files(t);
  const reply = invite.replace(/^.*\r\n/, 'SIP/2.0 180 Ringing\r\n');
  const { code, out } = await run(t, ['run-route', '-f', cfg, '--message', '-'], { input: reply });
  assert.equal(code, 0);
  assert.match(out, /^trace of onreply_route\n[\s\S]*log NOTICE: reply 180\n/);
});

test('run-route: a file of an editor has other line ends, and its Content-Length follows', async (t) => {
  const message = `${invite.replaceAll('\r\n', '\n').replace('Content-Length: 0', 'Content-Length: 6')}a\nb\nc\n`;
  const { cfg, sip } = files(t, config, message);
  const { code, out } = await run(t, ['run-route', '-f', cfg, '--message', sip]);
  assert.equal(code, 0);
  assert.match(out, /\n {2}Content-Length: 9\n/);
});

const refusals: readonly (readonly [
  what: string,
  argv: (cfg: string, sip: string) => string[],
  why: RegExp,
])[] = [
  ['no message', (cfg) => ['-f', cfg], /run-route: give the message: --message FILE/],
  [
    'a file that is not there',
    (cfg) => ['-f', cfg, '--message', '/nowhere/m.sip'],
    /cannot read \/nowhere\/m\.sip/,
  ],
  ['a file that is no message', (cfg) => ['-f', cfg, '--message', cfg], /run-route: the message is none: /],
  [
    'a route that is not there',
    (cfg, sip) => ['-f', cfg, '--message', sip, '--route', 'x'],
    /there is no route\[x\]/,
  ],
];

for (const [what, argv, why] of refusals) {
  test(`run-route with ${what}: that is said, exit 255`, async (t) => {
    const { cfg, sip } = files(t);
    const { code, out, err } = await run(t, ['run-route', ...argv(cfg, sip)]);
    assert.deepEqual([code, out], [255, '']);
    assert.match(bodies(err).join('\n'), why);
  });
}
