import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Catalogue, loadCatalogue } from '../../grammar/catalogue.ts';
import { check } from '../../grammar/check.ts';
import type { CheckEnvironment } from '../../grammar/check-environment.ts';
import type { Diagnostic } from '../../grammar/findings/diagnostics.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { loadParamValidator } from '../../grammar/param-validator.ts';
import { createParser } from '../../grammar/parse/parse.ts';
import { manifest as tm } from '../../modules/tm/manifest.ts';
import { corpusEnvironment } from '../corpus/environment.ts';

const parse = createParser();
let catalogue: Catalogue;
let validate: ParamValidator;
before(async () => {
  [catalogue, validate] = await Promise.all([loadCatalogue(), loadParamValidator([])]);
});

const start = 'loadmodule "proto_ws.so"\nloadmodule "sl.so"\nsocket=ws:127.0.0.1:8080\n';

function find(text: string, options: Partial<CheckEnvironment> = {}): readonly Diagnostic[] {
  const environment = corpusEnvironment(catalogue, validate, { inert: false });
  return check(parse(text, { name: 'test.cfg' }), { ...environment, ...options });
}

function findOne(text: string, code: string): Diagnostic {
  const [found, ...others] = find(text).filter((one) => one.code === code);
  assert.ok(found, `no ${code} in ${text}`);
  assert.deepEqual(others, []);
  return found;
}

const words = (text: string, { start: from, end }: { start: number; end: number }) => text.slice(from, end);

/** A slip, what is asked instead, and the text that the fix puts in its place. */
const slips: readonly { text: string; code: string; help: RegExp; from: string; to: string }[] = [
  {
    text: 'log_levl=3\n',
    code: 'unknown-global',
    help: /did you mean log_level\?/,
    from: 'log_levl',
    to: 'log_level',
  },
  {
    text: 'loadmodule "lib/maxfw.so"\n',
    code: 'module-not-found',
    help: /did you mean maxfwd\?/,
    from: '"lib/maxfw.so"',
    to: '"lib/maxfwd.so"',
  },
  {
    text: 'modparam("proto_wz", "ws_port", 80)\n',
    code: 'modparam-without-module',
    help: /did you mean proto_ws\?/,
    from: '"proto_wz"',
    to: '"proto_ws"',
  },
  {
    text: 'modparam("proto_ws", "ws_prot", 80)\n',
    code: 'unknown-parameter',
    help: /did you mean ws_port\?/,
    from: '"ws_prot"',
    to: '"ws_port"',
  },
  {
    text: 'modparam("proto_ws", "ws_port", "80")\n',
    code: 'parameter-wrong-type',
    help: /remove the quotes/,
    from: '"80"',
    to: '80',
  },
  {
    text: 'socket=wsss:127.0.0.1:80\n',
    code: 'unknown-protocol',
    help: /did you mean wss\?/,
    from: 'wsss',
    to: 'wss',
  },
  {
    text: 'socket=ws:127.0.0.1:90-80\n',
    code: 'port-out-of-range',
    help: /lower port first/,
    from: '90-80',
    to: '80-90',
  },
  {
    text: 'route { route(relai); }\nroute[relay] { exit; }\n',
    code: 'unknown-route',
    help: /did you mean relay\?/,
    from: 'relai',
    to: 'relay',
  },
  {
    text: 'route { sl_sned_reply(200, "OK"); }\n',
    code: 'unknown-function',
    help: /did you mean sl_send_reply\?/,
    from: 'sl_sned_reply',
    to: 'sl_send_reply',
  },
  {
    text: 'route { sl_send_reply(200, 404); }\n',
    code: 'wrong-argument-kind',
    help: /between quotes/,
    from: '404',
    to: '"404"',
  },
  {
    text: 'route { xlog("$hrd(To)\\n"); }\n',
    code: 'unknown-variable',
    help: /did you mean \$hdr\?/,
    from: 'hrd',
    to: 'hdr',
  },
];

for (const { text, code, help, from, to } of slips) {
  test(`${code}: the fix of ${from} is ${to}`, () => {
    const whole = start + text;
    const found = findOne(whole, code);
    assert.match(found.help, help);
    assert.ok(found.fix);
    assert.equal(words(whole, found.fix.span), from);
    assert.equal(found.fix.text, to);
    const mended = whole.slice(0, found.fix.span.start) + to + whole.slice(found.fix.span.end);
    assert.deepEqual(
      find(mended).filter((one) => one.code === code),
      [],
    );
  });
}

test('the original has one text for all that is wrong with a parameter, and each finding says so', () => {
  const lines = ['"colour", 1', '"ws_port", "80"', '"ws_port", 0'].map(
    (rest) => `modparam("proto_ws", ${rest})\n`,
  );
  const found = find(`${start}${lines.join('')}modparam("tm", "fr_timeout", 5)\nroute { exit; }\n`);
  assert.deepEqual(
    found.map(({ code }) => code),
    ['unknown-parameter', 'parameter-wrong-type', 'parameter-out-of-range', 'modparam-without-module'],
  );
  for (const { why } of found) assert.match(why, /Parameter not found/);
});

test('loading a module is advised only where tsips has it', () => {
  const text = `${start}route { t_relay(); send_reply(200, "OK"); xlog("$dlg_val(x)\\n"); }\n`;
  const helps = find(text).flatMap(({ code, help }) => (code.startsWith('unknown-') ? [help] : []));
  assert.deepEqual(helps, [
    'tm is an OpenSIPS module that tsips does not have: take the call out',
    'add loadmodule "signaling.so"',
    'dialog is an OpenSIPS module that tsips does not have: take its use out',
  ]);
});

test('a module that tsips does not have is told of once, with every place that uses it', () => {
  const text = `${start}loadmodule "rtpengine.so"
socket=ws:127.0.0.1:8081
route { rtpengine_offer(); xlog("$rtpstat\\n"); }
route[x] { if (rtpengine_answer("$rtpquery")) exit; }
`;
  const found = findOne(text, 'module-not-in-tsips');
  assert.equal(found.message, 'rtpengine is an OpenSIPS module that tsips does not have; used at 4 places');
  assert.deepEqual(
    found.notes.map(({ span }) => span && words(text, span)),
    ['rtpengine_offer', '$rtpstat', 'rtpengine_answer', '$rtpquery'],
  );
  assert.equal(find(text).filter(({ severity }) => severity === 'error').length, 1);
});

test('--inert makes warnings of what routes and sockets lack, and of nothing else', () => {
  const text = `${start}loadmodule "proto_udp.so"\nloadmodule "tm.so"\nsocket=udp:127.0.0.1:5060
route { t_relay(); cache_store("a", "b", "c"); xlog("$TS $(rU{s.b64encode})\\n"); sl_send_reply(200); }\n`;
  const codes = (inert: boolean) => find(text, { inert }).map(({ code, severity }) => `${code} ${severity}`);
  assert.ok(codes(false).every((line) => line.endsWith('error')));
  assert.deepEqual(
    codes(true).filter((line) => line.endsWith('error')),
    ['wrong-argument-count error'],
  );
  assert.equal(codes(true).length, codes(false).length);
});

test('where a module was looked for stands in the finding', () => {
  const { notes } = findOne(`${start}loadmodule "zzz_none.so"\n`, 'module-not-found');
  assert.deepEqual(
    notes.map(({ message }) => message),
    ['looked for mods/zzz_none/index.js', 'looked for mods/zzz_none.js'],
  );
});

test('the way to a route that does not allow a function is told', () => {
  const text = `${start}route { exit; }
failure_route[missed] { route(one); }
route[one] { route(two); }
route[two] { sl_send_reply(200, "OK"); }
`;
  const { notes, help } = findOne(text, 'function-not-allowed-here');
  assert.equal(notes[0]?.message, 'the way there: failure_route[missed] → route[one] → route[two]');
  assert.match(help, /use it in route, error_route/);
});

test('sockets of the command line need their module, and make a socket line unneeded', () => {
  const text = 'loadmodule "proto_ws.so"\nroute { exit; }\n';
  const codes = (extraListeners: readonly string[]) => find(text, { extraListeners }).map(({ code }) => code);
  assert.deepEqual(codes([]), ['no-listener']);
  assert.deepEqual(codes(['ws']), []);
  assert.deepEqual(codes(['udp']), ['protocol-without-module']);
});

test('a version that is given is not guessed', () => {
  const text = `${start}route { if ($rm == "OPTIONS") exit; }\n`;
  assert.deepEqual(find(text, { version: '3.6' }), []);
  assert.deepEqual(
    find(text, { version: '2.4' }).map(({ code }) => code),
    ['not-in-version'],
  );
});

test('functions of a module that was not found are not missed a second time', () => {
  const text = (name: string) =>
    `${start}loadmodule "${name}.so"\nroute { is_method("INFO"); append_hf("a"); xlog("$said $(rU{talk.loud})"); }\n`;
  assert.deepEqual(
    find(text('sipmsgopz')).map(({ code }) => code),
    ['module-not-found', 'unknown-variable', 'unknown-transformation'],
  );
  assert.deepEqual(
    find(text('zzz_none')).map(({ code }) => code),
    ['module-not-found', 'unknown-function'],
  );
});

test('the same words with the same mistake are one finding', () => {
  const text = `${start}loadmodule "sipmsgops.so"\nmodparam("s.|sl", "enable_stats", "1")\nroute { exit; }\n`;
  assert.deepEqual(
    find(text).map(({ message }) => message),
    ['enable_stats of sl takes a number, not a string'],
  );
});

test('variables within variables, however deep and however broken, are read in one pass', () => {
  for (const [levels, inner] of [
    [60, '$ '],
    [60, '$('],
    [20_000, 'x'],
  ] as const) {
    const nested = `${'$(avp('.repeat(levels)}${inner}${'))'.repeat(levels)}`;
    const found = find(`${start}route { xlog("${nested}"); }\n`);
    assert.ok(found.some(({ code }) => code === 'bad-variable'));
    assert.ok(found.length < 10);
  }
});

test('what got another name is told with the new one', () => {
  const text = `children=4\n${start}loadmodule "siptrace.so"\nroute { append_branch(); exit; }\n`;
  const found = find(text, { version: '3.6' }).filter(({ code }) => code === 'not-in-version');
  assert.deepEqual(
    found.map(({ help }) => help),
    ['its name is now udp_workers', 'its name is now tracer', 'its name is now append_msg_branch'],
  );
});

test('a number stands for a text where some version asks for a number: the flags of t_relay', () => {
  const findModule: CheckEnvironment['findModule'] = () => ({
    found: true,
    manifest: tm,
    from: 'tm/index.js',
  });
  const codes = (call: string) =>
    find(`loadmodule "tm.so"\nroute { ${call}; }\n`, { findModule }).map(({ code }) => code);
  for (const call of ['t_relay(2)', 't_relay(0x06, "127.0.0.1")', 't_relay("no-auto-477")'])
    assert.ok(!codes(call).includes('wrong-argument-kind'), call);
  assert.ok(codes('t_relay("no-auto-477", 5060)').includes('wrong-argument-kind'));
});
