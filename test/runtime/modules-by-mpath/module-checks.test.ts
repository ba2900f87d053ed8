import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { checkConfig, describeModules } from '../../../runtime/index.ts';
import { configAround, hostOf } from '../host/host-tools.ts';

const config = (...lines: string[]) =>
  configAround(
    'route { exit; }',
    ['looking'],
    lines.map((line) => `modparam("looking", ${line})`).join('\n'),
  );

test('check: a module tells what its parameters name, each finding at its value', async () => {
  const text = config('"place", "a.pem"', '"place", "bad"');
  const { diagnostics, failed, parsed } = await checkConfig({
    config: text,
    name: 'test.cfg',
    version: '3.4',
    becomes: () => ({ uid: 7 }),
  });
  assert.equal(failed, true);
  const told = diagnostics.filter(({ code }) => code === 'looking/seen');
  assert.deepEqual(
    told.map(({ severity, span }) => [severity, text.slice(span.start, span.end)]),
    [
      ['note', '"a.pem"'],
      ['error', '"bad"'],
    ],
  );
  assert.equal(told[0]?.message, `a.pem, ${resolve('a.pem')}, OpenSIPS 3.4, 1 socket, uid 7`);
  assert.equal(parsed.source.locate(told[1]?.span.start ?? 0).line, 7);
});

test('check: one that throws is a finding at the loadmodule line, and a start fails by it', async () => {
  const options = { config: config('"broken", 1'), name: 'test.cfg' };
  const { diagnostics } = await checkConfig(options);
  const [found] = diagnostics.filter(({ severity }) => severity === 'error');
  assert.equal(found?.code, 'looking/check-failed');
  assert.match(found?.message ?? '', /the module's own check failed: told to/);
  await assert.rejects(hostOf(options.config), { code: 'CONFIG_INVALID' });
});

test('check: nothing is asked of modules where the config itself is wrong', async () => {
  const { diagnostics } = await checkConfig({ config: `${config('"broken", 1')}nosuchglobal=1\n` });
  assert.equal(
    diagnostics.some(({ code }) => code.startsWith('looking/')),
    false,
  );
});

test('onReload: host.reload() calls it; a family of statistics grows, in the group of the manifest', async () => {
  const host = await hostOf(config());
  await assert.rejects(host.reload(), { code: 'HOST_NOT_RUNNING' });
  await host.start();
  await host.reload();
  await host.reload();
  assert.deepEqual(host.api('looking'), { reloads: 2 });
  assert.equal(host.api('nobody'), undefined);
  assert.deepEqual(
    ['reloads', 'reloads_1', 'reloads_2', 'reloads_3'].map((name) => host.statistics.get(`look:${name}`)),
    [2, 1, 1, undefined],
  );
  await host.stop();
  assert.equal(host.api('looking'), undefined);
});

test('a dependency of the kind load brings a module that no line loads', async () => {
  const checked = await checkConfig({ config: config(), name: 'test.cfg' });
  assert.equal(checked.failed, false);
  assert.match(
    describeModules(checked),
    /\d\. gamma +mpath .*\n(?:.*\n)*? +\d\. looking .*\n +needs gamma\n/,
  );
});

test('describeModules: the words that a module brings to the command line', async () => {
  const checked = await checkConfig({ config: config(), name: 'test.cfg' });
  assert.match(describeModules(checked), /brings tsips look at WORD\.\.\.: Says what it sees/);
});
