import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import type { TlsApi } from '../../../modules/tls_mgm/api.ts';
import { TlsReloadError } from '../../../modules/tls_mgm/reload-error.ts';
import type { Host } from '../../../runtime/index.ts';
import { folder, freePort, listening, start, until } from '../../cli/program.ts';
import { type Authority, createPki, daysFromNow, type Leaf } from '../../pki/index.ts';
import {
  ask,
  type CollectedLog,
  collectLog,
  hostOf,
  requestText,
  statusOf,
} from '../../runtime/host/host-tools.ts';
import { ChangingDomain, MountedSecret } from './changing-domain.ts';
import { type ParamLine, tlsConfig } from './checked-config.ts';
import { openWss, servedSerial, type WssPlace } from './wss-client.ts';

const answering = 'route { sl_send_reply(200, "OK"); }';
const modules = ['tls_mgm', 'proto_wss', 'sl'];

let root: Authority;
let first: Leaf;
let second: Leaf;
before(async () => {
  ({ root } = await createPki());
  [first, second] = await Promise.all([root.issue(), root.issue({ notAfter: daysFromNow(90.5) })]);
});

interface Running {
  readonly host: Host;
  readonly tls: TlsApi;
  readonly log: CollectedLog;
  readonly place: WssPlace;
}

/** Runs a host of these domains until the test ends. */
async function running(t: TestContext, params: readonly ParamLine[]): Promise<Running> {
  const log = collectLog(3);
  const host = await hostOf(tlsConfig(params, { modules, route: answering }).text, { log: log.log });
  t.after(() => host.stop());
  await host.start();
  const tls = host.api<TlsApi>('tls_mgm');
  const port = host.listeners[0]?.port;
  assert.ok(tls && port);
  return { host, tls, log, place: { port, ca: root.certificate } };
}

describe('tls_mgm reads its files anew', () => {
  test('what connects afterwards gets the new certificate, what is connected goes on', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const { host, tls, log, place } = await running(t, domain.params);
    const client = await openWss(place);
    assert.equal(statusOf(await ask(client, requestText())), 200);
    assert.equal(await servedSerial(place), first.serial);
    domain.write(second);
    await tls.reload();
    assert.equal(await servedSerial(place), second.serial);
    assert.equal(statusOf(await ask(client, requestText())), 200);
    client.terminate();
    assert.deepEqual(log.from('tls_reload'), ['TLS domains read anew: d (server)']);
    assert.equal(host.statistics.get('tls:reloads'), 1);
    assert.equal(host.statistics.get('tls:reload_failed'), 0);
  });

  test('days_to_expiry_NAME follows', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const { host, tls } = await running(t, domain.params);
    assert.equal(host.statistics.get('tls:days_to_expiry_d'), 364);
    domain.write(second);
    await tls.reload();
    assert.equal(host.statistics.get('tls:days_to_expiry_d'), 90);
  });

  test('a client domain without a certificate has no days to its expiry', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const client = { name: 'client_domain', value: 'c' };
    const { host } = await running(t, [...domain.params, client]);
    assert.equal(host.statistics.get('tls:days_to_expiry_c'), undefined);
  });

  test('one file that is of no use: all domains stay as they were, and the error says which', async (t) => {
    const place = folder(t);
    const a = new ChangingDomain(place, 'a', first);
    const b = new ChangingDomain(place, 'b', first);
    const match = { name: 'match_sip_domain', value: '[b]b.example.com' };
    const run = await running(t, [...a.params, ...b.params, match]);
    a.write(second);
    writeFileSync(b.key, 'no key');
    await assert.rejects(run.tls.reload(), (error) => {
      assert.ok(error instanceof TlsReloadError);
      assert.equal(error.code, 'TLS_RELOAD_FAILED');
      assert.equal(error.message, `the private key of TLS domain b holds no PEM: ${b.key}`);
      assert.deepEqual(
        error.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
        ['file-not-pem'],
      );
      return true;
    });
    assert.equal(await servedSerial(run.place), first.serial);
    assert.equal(run.host.statistics.get('tls:reload_failed'), 1);
    assert.equal(run.host.statistics.get('tls:reloads'), 0);
    assert.equal(run.host.statistics.get('tls:days_to_expiry_a'), 364);
    b.write(second);
    await run.tls.reload();
    assert.equal(await servedSerial(run.place), second.serial);
    assert.equal(run.host.statistics.get('tls:reloads'), 1);
  });

  test('a warning of what was taken over is in the log', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const { tls, log } = await running(t, domain.params);
    domain.write(await root.issue({ notAfter: daysFromNow(10.5) }));
    await tls.reload();
    const [, warning = ''] = log.from('tls_reload');
    assert.match(warning, /^the certificate of TLS domain d \(CN=localhost\) expires in 10 days, on /);
  });

  test('one that is asked for while another runs reads what has been written in between', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const { host, tls, place } = await running(t, domain.params);
    const reloads = [tls.reload()];
    await Promise.resolve();
    domain.write(second);
    reloads.push(tls.reload(), tls.reload());
    await Promise.all(reloads);
    assert.equal(await servedSerial(place), second.serial);
    assert.equal(host.statistics.get('tls:reloads'), 3);
  });

  test('one that fails does not keep the next one from its turn', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const { tls, place } = await running(t, domain.params);
    domain.write({ ...second, key: 'no key' });
    const failing = assert.rejects(tls.reload());
    const behind = failing.then(() => domain.write(second)).then(() => tls.reload());
    await Promise.all([failing, behind]);
    assert.equal(await servedSerial(place), second.serial);
  });

  test('tls_reload_on_hup=1: host.reload() reads anew; what fails is in the log alone', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const onHup = { name: 'tls_reload_on_hup', value: 1 };
    const { host, log, place } = await running(t, [...domain.params, onHup]);
    domain.write(second);
    await host.reload();
    assert.equal(await servedSerial(place), second.serial);
    domain.write({ ...first, key: 'no key' });
    await host.reload();
    assert.equal(await servedSerial(place), second.serial);
    assert.equal(
      log.from('tls_reload').at(-1),
      `SIGHUP: TLS domains stay as they were: the private key of TLS domain d holds no PEM: ${domain.key}`,
    );
  });

  test('without it host.reload() leaves everything as it is', async (t) => {
    const domain = new ChangingDomain(folder(t), 'd', first);
    const { host, log, place } = await running(t, domain.params);
    domain.write(second);
    await host.reload();
    assert.equal(await servedSerial(place), first.serial);
    assert.equal(host.statistics.get('tls:reloads'), 0);
    assert.deepEqual(log.from('tls_reload'), []);
  });
});

/** A config for the program, which logs to standard error. */
function programConfig(port: number, params: readonly ParamLine[]): string {
  const { text } = tlsConfig(params, {
    sockets: ['log_level=3', 'stderror_enabled=yes', 'syslog_enabled=no', `socket=wss:127.0.0.1:${port}`],
    modules,
    route: answering,
  });
  return text;
}

describe('the program', () => {
  for (const value of [1, 0]) {
    const does = value === 1 ? 'reads the files anew' : 'does nothing';
    test(`SIGHUP with tls_reload_on_hup=${value} ${does}`, async (t) => {
      const own = folder(t);
      const domain = new ChangingDomain(own, 'd', first);
      const port = await freePort();
      const file = join(own, 'opensips.cfg');
      writeFileSync(file, programConfig(port, [...domain.params, { name: 'tls_reload_on_hup', value }]));
      const program = start(t, ['-F', '-f', file]);
      await listening(program, port);
      const place = { port, ca: root.certificate };
      const client = await openWss(place);
      domain.write(second);
      program.child.kill('SIGHUP');
      if (value === 1)
        await until(() => program.err().includes('TLS domains read anew: d (server)'), 'the reload');
      // A signal that was taken is dealt with before a request that came behind it is answered.
      assert.equal(statusOf(await ask(client, requestText())), 200);
      assert.equal(await servedSerial(place), value === 1 ? second.serial : first.serial);
      assert.equal(program.err().includes('read anew'), value === 1);
      client.terminate();
      program.child.kill('SIGTERM');
      assert.equal((await program.ended).code, 0);
    });
  }

  test('tls_watch=1 takes a folder whose link Kubernetes has exchanged', async (t) => {
    const own = folder(t);
    const secret = new MountedSecret(join(own, 'secret'), first);
    const port = await freePort();
    const file = join(own, 'opensips.cfg');
    writeFileSync(file, programConfig(port, [...secret.params, { name: 'tls_watch', value: 1 }]));
    const program = start(t, ['-F', '-f', file]);
    await listening(program, port);
    const place = { port, ca: root.certificate };
    assert.equal(await servedSerial(place), first.serial);
    secret.replace(second);
    await until(async () => (await servedSerial(place)) === second.serial, 'the new certificate');
    // The line comes by a pipe, later than the connection.
    await until(() => program.err().includes('TLS domains read anew: d (server)'), 'the line of the log');
  });
});
