import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import type { TlsApi } from '../../../modules/tls_mgm/api.ts';
import createModule, { manifest } from '../../../modules/tls_mgm/index.ts';
import type { ModuleHost } from '../../../runtime/module-exports.ts';
import { createStatistics } from '../../../runtime/statistics.ts';
import { folder } from '../../cli/program.ts';
import { type Authority, createPki, type Leaf } from '../../pki/index.ts';
import { recorder } from '../../runtime/loggers.ts';
import { VirtualTimers } from '../proto_ws/virtual-timers.ts';
import { ChangingDomain, MountedSecret } from './changing-domain.ts';
import type { ParamLine } from './checked-config.ts';

let root: Authority;
let first: Leaf;
let second: Leaf;
before(async () => {
  ({ root } = await createPki());
  [first, second] = await Promise.all([root.issue(), root.issue()]);
});

interface Watching {
  /** Lets the time between two looks pass, and what a look begins come to its end. */
  look(): Promise<void>;
  reload(): Promise<void>;
  reloads(): number | undefined;
  failures(): number | undefined;
  readonly logged: readonly string[];
}

/** The module alone, with tls_watch=5 on a clock that the test moves. */
async function watching(t: TestContext, lines: readonly ParamLine[]): Promise<Watching> {
  const timers = new VirtualTimers();
  const registry = createStatistics();
  const logged: string[] = [];
  const params: Record<string, string[] | number> = { tls_watch: 5 };
  for (const { name, value } of lines)
    params[name] = [...[params[name] ?? []].flat().map(String), String(value)];
  const host = {
    params,
    version: '3.6',
    log: recorder(logged),
    timers,
    statistics: registry.group('tls', manifest.statistics),
    resolvePath: (path: string) => path,
    globPattern: () => () => false,
  } satisfies Partial<ModuleHost>;
  // The module asks for nothing else before a connection comes.
  const module = createModule(host as unknown as ModuleHost);
  await module.init?.();
  t.after(() => {
    module.destroy?.();
    assert.equal(timers.pending, 0);
  });
  const api = module.api as TlsApi;
  return {
    async look() {
      timers.advance(5000);
      await new Promise((resolve) => setImmediate(resolve));
    },
    reload: () => api.reload(),
    reloads: () => registry.get('tls:reloads'),
    failures: () => registry.get('tls:reload_failed'),
    logged,
  };
}

describe('tls_watch', () => {
  test('files that nobody touches are not read again', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const watch = await watching(t, domain.params);
    for (let looks = 0; looks < 5; looks++) await watch.look();
    assert.equal(watch.reloads(), 0);
  });

  test('a file that has changed is read when two looks see the same', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const watch = await watching(t, domain.params);
    domain.write(second);
    await watch.look();
    assert.equal(watch.reloads(), 0);
    await watch.look();
    assert.equal(watch.reloads(), 1);
    for (let looks = 0; looks < 3; looks++) await watch.look();
    assert.equal(watch.reloads(), 1);
  });

  test('a file that is being written is left alone until it is whole', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const watch = await watching(t, domain.params);
    for (const part of [0.2, 0.5, 0.9]) {
      writeFileSync(domain.certificate, second.chain.slice(0, second.chain.length * part));
      await watch.look();
    }
    domain.write(second);
    await watch.look();
    assert.deepEqual([watch.reloads(), watch.failures()], [0, 0]);
    await watch.look();
    assert.deepEqual([watch.reloads(), watch.failures()], [1, 0]);
  });

  test('files that are of no use are told once, and read again when they have changed again', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const watch = await watching(t, domain.params);
    domain.write({ ...second, key: 'no key' });
    for (let looks = 0; looks < 5; looks++) await watch.look();
    assert.deepEqual([watch.reloads(), watch.failures()], [0, 1]);
    assert.deepEqual(
      watch.logged.filter((line) => line.startsWith('ERROR')),
      [
        `ERROR:tls_reload: tls_watch: TLS domains stay as they were: the private key of TLS domain d holds no PEM: ${domain.key}`,
      ],
    );
    domain.write(second);
    for (let looks = 0; looks < 2; looks++) await watch.look();
    assert.deepEqual([watch.reloads(), watch.failures()], [1, 1]);
  });

  test('a file that is gone for a while is told, and read when it is back', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const watch = await watching(t, domain.params);
    rmSync(domain.key);
    for (let looks = 0; looks < 2; looks++) await watch.look();
    assert.deepEqual([watch.reloads(), watch.failures()], [0, 1]);
    domain.write(second);
    for (let looks = 0; looks < 2; looks++) await watch.look();
    assert.deepEqual([watch.reloads(), watch.failures()], [1, 1]);
  });

  test('what another reload has read is not read a second time', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const watch = await watching(t, domain.params);
    domain.write(second);
    await watch.look();
    await watch.reload();
    for (let looks = 0; looks < 3; looks++) await watch.look();
    assert.equal(watch.reloads(), 1);
  });

  test('a file that another one has replaced, with the same text', async (t) => {
    const own = folder(t);
    const domain = new ChangingDomain(own, 'd', first);
    const watch = await watching(t, domain.params);
    const fresh = join(own, 'fresh.pem');
    writeFileSync(fresh, first.chain);
    renameSync(fresh, domain.certificate);
    for (let looks = 0; looks < 2; looks++) await watch.look();
    assert.equal(watch.reloads(), 1);
  });

  test('a link to a folder that is exchanged, as Kubernetes does it', async (t) => {
    const secret = new MountedSecret(join(folder(t), 'secret'), first);
    const watch = await watching(t, secret.params);
    secret.replace(second);
    for (let looks = 0; looks < 2; looks++) await watch.look();
    assert.equal(watch.reloads(), 1);
  });

  test('a folder: a file that has come; links that lead in a circle end', async (t) => {
    const own = folder(t);
    const ca = join(own, 'ca');
    mkdirSync(ca);
    writeFileSync(join(ca, 'root.pem'), root.certificate);
    symlinkSync('.', join(ca, 'self'));
    symlinkSync('/', join(ca, 'top'));
    const domain = new ChangingDomain(own, 'd', first);
    const watch = await watching(t, [...domain.params, { name: 'ca_dir', value: `[d]${ca}` }]);
    writeFileSync(join(ca, 'other.pem'), first.chain);
    for (let looks = 0; looks < 2; looks++) await watch.look();
    assert.equal(watch.reloads(), 1);
  });
});
