import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type CheckOptions, checkConfig, createHost, HostError } from '../../../runtime/index.ts';
import { systemNetwork } from '../../../runtime/net/system-network.ts';
import { collectLog, configAround, fixtureMpath } from './host-tools.ts';

const network: CheckOptions['network'] = {
  ...systemNetwork,
  interfaces: () => [
    { name: 'lo', address: '127.0.0.1', family: 4 },
    { name: 'lo', address: '::1', family: 6 },
  ],
  lookup: async (host) => (host === 'here.example' ? [{ address: '127.0.0.1', family: 4 }] : []),
  reverse: async () => undefined,
};

const answering = 'route { sl_send_reply(200, "OK"); }';

/** The errors of a config, as code and the words that they stand on. */
async function errorsOf(config: string, options: CheckOptions = {}): Promise<string[]> {
  const { diagnostics, parsed, failed } = await checkConfig({ config, network, ...options });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  assert.equal(failed, errors.length > 0);
  return errors.map(({ code, span }) => `${code}: ${parsed.source.text.slice(span.start, span.end)}`);
}

const sockets: [line: string, expected: string[]][] = [
  ['socket=ws:lo:8081', []],
  ['socket=ws:*:8081', []],
  ['socket=ws:here.example:8081', []],
  ['socket=ws:[::1]:8081', []],
  ['socket=ws:eth9:8081', ['socket-host-unknown: socket=ws:eth9:8081']],
  ['socket=ws:nowhere.example:8081', ['socket-host-unknown: socket=ws:nowhere.example:8081']],
  ['socket=ws:192.0.2.1:8081', ['socket-address-foreign: socket=ws:192.0.2.1:8081']],
  ['socket=ws:127.0.0.1:8081 as 192.0.2.1:80', []],
];

for (const [line, expected] of sockets) {
  test(`check: sockets are resolved on this machine: ${line}`, async () => {
    assert.deepEqual(await errorsOf(configAround(answering, [], line)), expected);
  });
}

test('check: listenOn makes foreign addresses usable', async () => {
  const config = configAround(answering, [], 'socket=ws:192.0.2.1:8081');
  assert.deepEqual(await errorsOf(config, { listenOn: { 'ws:192.0.2.1:8081': '127.0.0.1:0' } }), []);
});

test('check: a listenOn that names no socket, and a version that there is not, are refused', async () => {
  const config = configAround(answering);
  const elsewhere = { listenOn: { 'ws:127.0.0.1:8081': '127.0.0.1:0' } };
  await assert.rejects(errorsOf(config, elsewhere), {
    name: 'TypeError',
    message: 'listenOn: the config has no socket ws:127.0.0.1:8081 (it has ws:127.0.0.1:8080)',
  });
  await assert.rejects(errorsOf(config, { version: '9.9' }), /^TypeError: version: "9\.9" is none of 2\.1, /);
});

test('check: arguments of -l are sockets too', async () => {
  const config = configAround(answering);
  assert.deepEqual(await errorsOf(config, { listeners: ['ws:127.0.0.1:9999'] }), []);
  const bad = await errorsOf(config, { listeners: ['ws:127.0.0.1:99999', 'ws:eth9:80'] });
  assert.deepEqual(
    bad.map((text) => text.split(':')[0]),
    ['listen-argument', 'socket-host-unknown'],
  );
});

/** Each stops a start; the check says so, at the same words. */
const stops: [what: string, config: string, code: RegExp][] = [
  ['a module that is nowhere', configAround(answering, ['nowhere']), /^module-not-found: "nowhere.so"$/],
  ['a module that cannot be run', configAround(answering, ['broken']), /^module-not-found: "broken.so"$/],
  [
    'a module whose factory throws',
    configAround(answering, ['gamma'], 'modparam("gamma", "fail_in", "factory")'),
    /^module-unusable/,
  ],
  [
    'a reply code that sl refuses',
    configAround('route { sl_send_reply(99, "x"); }'),
    /^script-unusable: sl_send_reply\(99, "x"\)/,
  ],
  [
    'a pattern that cannot be compiled',
    configAround('route { if ($ru =~ "a[") exit; }'),
    /^regular-expression-unusable/,
  ],
];

for (const [what, config, expected] of stops) {
  test(`check: predicts that a start would fail: ${what}`, async () => {
    const errors = await errorsOf(config);
    assert.equal(errors.length, 1, errors.join('\n'));
    assert.match(errors[0] ?? '', expected);
    await assert.rejects(createHost({ config, network, log: collectLog().log }), (error) => {
      assert.ok(error instanceof HostError);
      return error.code === 'CONFIG_INVALID';
    });
  });
}

test('check: no phase of a module runs, and no socket opens', async () => {
  const config = configAround(answering, ['gamma'], 'modparam("gamma", "fail_in", "preInit")');
  assert.deepEqual(await errorsOf(config), []);
});

test('check: with inert, what a missing module is used for is told once, at its loadmodule line', async () => {
  const script = 'route { b2b_init_request("x"); b2b_init_request("y"); sl_send_reply(200, "OK"); }';
  const more = 'loadmodule "proto_bin.so"\nsocket=bin:127.0.0.1:5555';
  const config = configAround(script, ['b2b_logic'], more);
  const { diagnostics, sockets, served } = await checkConfig({ config, network, inert: true });
  assert.deepEqual(
    diagnostics.map(({ code, severity, notes }) => `${severity} ${code} ${notes.length}`),
    ['warning module-not-in-tsips 2', 'warning module-not-in-tsips 1'],
  );
  assert.deepEqual(
    [sockets.sockets, served].map((list) => list.map(({ bind }) => bind.protocol)),
    [['ws', 'bin'], ['ws']],
  );
});

test('check: variables take brackets and an index where OpenSIPS’s do, and names of OpenSIPS’s modules', async () => {
  const script = (use: string) => configAround(`route { xlog("${use}"); $var(a) = $(ct[1]); exit; }`);
  assert.deepEqual(await errorsOf(script('$ru $(hdr(Via)[1]) $(avp(x)[*]) $rb(text/plain)')), []);
  for (const use of ['$ru(x)', '$(fU(x))', '$hdr_name(X)', '$(si[0])']) {
    assert.deepEqual(await errorsOf(script(use)), [`variable-wrong-form: ${use}`]);
  }
});

test('check: relative paths are taken from the folder of the config first', async () => {
  const root = mkdtempSync(join(tmpdir(), 'tsips-check-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'etc', 'lib', 'own'), { recursive: true });
  writeFileSync(
    join(root, 'etc', 'lib', 'own', 'index.js'),
    'export const manifest = { name: "own" };\nexport default () => ({});\n',
  );
  writeFileSync(join(root, 'etc', 'more.cfg'), 'loadmodule "own.so"\n');
  writeFileSync(
    join(root, 'etc', 'main.cfg'),
    `${configAround(answering).replace(/^mpath.*$/m, 'mpath="lib"')}include_file "more.cfg"\n`,
  );
  for (const file of [join(root, 'etc', 'main.cfg'), 'etc/main.cfg']) {
    const { failed, modules } = await checkConfig({ file, folder: root, network });
    assert.equal(failed, false);
    const own = modules.at(-1)?.answer;
    assert.ok(own?.found);
    assert.equal(own.from, join(root, 'etc', 'lib', 'own', 'index.js'));
  }
});

test('check: mpath counts for the lines below it, as in OpenSIPS', async () => {
  const config = configAround(answering).split('\n');
  const gamma = 'loadmodule "gamma.so"';
  assert.deepEqual(await errorsOf([gamma, ...config].join('\n')), ['module-not-found: "gamma.so"']);
  assert.deepEqual(await errorsOf([...config, gamma].join('\n')), []);
});

test('check: the folder of bundled modules may be another one', async () => {
  const config = 'loadmodule "gamma.so"\nroute { exit; }\n';
  const { modules } = await checkConfig({ config, network, bundled: fixtureMpath });
  const answer = modules[0]?.answer;
  assert.ok(answer?.found);
  assert.equal(answer.file.place, 'bundled');
  assert.equal(answer.from, join(fixtureMpath, 'gamma', 'index.js'));
});

const inertScript = 'route { if (is_method("INVITE")) { rtpengine_manage(); } sl_send_reply(200, "OK"); }';

test('check: what tsips does not have is an error where routes use it, a warning with inert', async () => {
  const config = configAround(inertScript, ['sipmsgops', 'rtpengine']);
  assert.equal((await errorsOf(config)).length > 0, true);
  assert.deepEqual(await errorsOf(config, { inert: true }), []);
});

test('inert: the host starts, and such a function fails at its place', async () => {
  const config = configAround(
    inertScript,
    ['sipmsgops', 'rtpengine', 'proto_sctp'],
    'socket=sctp:127.0.0.1:5061',
  );
  const { log, lines } = collectLog();
  const host = await createHost({ config, inert: true, log, listenOn: () => '127.0.0.1:0' });
  await host.start();
  try {
    assert.deepEqual(
      host.listeners.map(({ protocol }) => protocol),
      ['ws'],
    );
    assert.ok(lines.some((line) => line.includes('sctp:127.0.0.1:5061 stays closed')));
    assert.ok(host.checked.diagnostics.length > 0);
  } finally {
    await host.stop();
  }
});
