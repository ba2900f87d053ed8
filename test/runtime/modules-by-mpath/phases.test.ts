import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeModules, HostError } from '../../../runtime/index.ts';
import { collectLog, configAround, fixtureMpath, hostOf } from '../host/host-tools.ts';

const three = (failIn = '', at = 'beta', param = 'fail_in') =>
  configAround('route { exit; }', ['alpha', 'beta', 'gamma'], `modparam("${at}", "${param}", "${failIn}")`);

test('phases: each for all modules in dependency order, destroy backwards', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(three(), { log });
  await host.start();
  await host.stop();
  const order = ['gamma', 'alpha', 'beta'];
  const all = (phase: string) => order.map((name) => `${name} ${phase}`);
  assert.deepEqual(from('phase'), [
    ...all('factory'),
    ...all('preInit'),
    ...all('init'),
    ...all('childInit'),
    ...all('destroy').toReversed(),
  ]);
});

const destroyed: [phase: string, begun: string[]][] = [
  ['preInit', ['alpha', 'gamma']],
  ['init', ['beta', 'alpha', 'gamma']],
  ['childInit', ['beta', 'alpha', 'gamma']],
];

for (const [phase, begun] of destroyed) {
  test(`phases: a module that fails in ${phase} ends the start; those begun are destroyed`, async () => {
    const { log, from } = collectLog();
    const host = await hostOf(three(phase, phase === 'preInit' ? 'alpha' : 'beta'), { log });
    await assert.rejects(host.start(), (error) => {
      assert.ok(error instanceof HostError);
      assert.equal(error.code, 'MODULE_FAILED');
      assert.match(error.message, new RegExp(`was told to fail in ${phase}`));
      return true;
    });
    assert.deepEqual(
      from('phase').filter((line) => line.endsWith('destroy')),
      begun.map((name) => `${name} destroy`),
    );
    assert.deepEqual(host.listeners, []);
  });
}

test('phases: a destroy that throws is told, and the others still run', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(three('destroy', 'alpha'), { log });
  await host.start();
  await host.stop();
  assert.deepEqual(from('phase').slice(-3), ['beta destroy', 'alpha destroy', 'gamma destroy']);
  assert.match(from('destroy_modules').join(), /alpha was told to fail in destroy/);
});

for (const phase of ['preInit', 'init', 'childInit']) {
  test(`phases: a module that never ends ${phase} fails the start after phaseTimeout`, async () => {
    const { log, from } = collectLog();
    const host = await hostOf(three(phase, 'alpha', 'hang_in'), { log, phaseTimeout: 50 });
    await assert.rejects(host.start(), {
      code: 'MODULE_FAILED',
      message: `${phase} of module alpha: not done within 0.05 seconds`,
    });
    assert.ok(from('phase').includes('alpha destroy'));
    assert.deepEqual(host.listeners, []);
  });
}

test('phases: a stop breaks off a phase that never ends', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(three('init', 'alpha', 'hang_in'), { log });
  const start = assert.rejects(host.start(), { code: 'HOST_STOPPED' });
  while (!from('phase').includes('alpha init')) await new Promise((go) => setImmediate(go));
  await host.stop();
  await start;
  assert.deepEqual(from('phase').slice(-2), ['alpha destroy', 'gamma destroy']);
  assert.equal(host.state, 'stopped');
});

test('phases: a destroy that never ends is told after destroyTimeout, and the others still run', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(three('destroy', 'alpha', 'hang_in'), { log, destroyTimeout: 50 });
  await host.start();
  await host.stop();
  assert.deepEqual(from('phase').slice(-3), ['beta destroy', 'alpha destroy', 'gamma destroy']);
  assert.match(from('destroy_modules').join(), /alpha: not done within 0.05 seconds/);
});

test('modules: a circle is an error that names its path', async () => {
  const config = configAround('route { exit; }', ['ring_one', 'ring_two']);
  await assert.rejects(hostOf(config), (error) => {
    assert.ok(error instanceof HostError);
    assert.match(error.diagnostics.map(({ message }) => message).join(), /ring_one → ring_two → ring_one/);
    return true;
  });
});

test('modules: the same one twice is a warning with both places, and runs once', async () => {
  const { log, from } = collectLog();
  const config = configAround('route { exit; }', [
    'gamma',
    'gamma.so'.replace('.so', ''),
    `${fixtureMpath}/gamma`,
  ]);
  const host = await hostOf(config, { log });
  const twice = host.checked.diagnostics.filter(({ code }) => code === 'module-loaded-twice');
  assert.equal(twice.length, 2);
  for (const { notes, severity } of twice) {
    assert.equal(severity, 'warning');
    assert.ok(notes.some(({ span }) => span !== undefined));
  }
  await host.start();
  await host.stop();
  assert.equal(from('phase').filter((line) => line === 'gamma init').length, 1);
});

test('modules: a dependency that is missing: abort is an error, warn a warning', async () => {
  const error = await hostOf(configAround('route { exit; }', ['alpha'])).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof HostError);
  assert.match(error.diagnostics.map(({ message }) => message).join(), /alpha needs gamma/);
  const host = await hostOf(configAround('route { exit; }', ['beta']));
  assert.ok(
    host.checked.diagnostics.some(
      ({ code, severity }) => code === 'missing-dependency' && severity === 'warning',
    ),
  );
});

test('tsips modules: order, place and needs', async () => {
  const host = await hostOf(three());
  const text = describeModules(host.checked).replaceAll(fixtureMpath, 'MPATH');
  const lines = text.split('\n').map((line) => line.replace(/ {2}bundled .*$/, '  bundled'));
  assert.deepEqual(lines, [
    '  1. proto_ws  bundled',
    '  2. sl        bundled',
    '  3. gamma     mpath        MPATH/gamma/index.js',
    '  4. alpha     mpath        MPATH/alpha/index.js',
    '       needs gamma',
    '  5. beta      mpath        MPATH/beta/index.js',
    '       would like any absent_kind: not loaded',
    '',
  ]);
});

test('modparam: the module name is a pattern, and counts for modules loaded above the line', async () => {
  const line = 'modparam("ALPHA|gamma", "fail_in", "preInit")';
  const config = configAround('route { exit; }', ['gamma'], `${line}\nloadmodule "alpha.so"`);
  const { log, from } = collectLog();
  const host = await hostOf(config, { log });
  await assert.rejects(host.start(), { code: 'MODULE_FAILED' });
  assert.equal(from('phase').at(-2), 'gamma preInit');
  const later = `modparam("alpha", "fail_in", "")`;
  const two = await hostOf(`${configAround('route { exit; }', ['gamma', 'alpha'], later)}`);
  await two.start();
  await two.stop();
});
