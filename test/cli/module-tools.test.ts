import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { configAround } from '../runtime/host/host-tools.ts';
import { bodies, folder, run } from './program.ts';

function configFile(t: TestContext, more = ''): string {
  const file = join(folder(t), 'opensips.cfg');
  writeFileSync(file, configAround('route { exit; }', ['looking'], more));
  return file;
}

test('words of a module: they are asked of the config, their text goes to standard output, exit 0', async (t) => {
  const { code, out } = await run(t, ['look', 'at', '-f', configFile(t), 'this', 'that']);
  assert.deepEqual([code, out], [0, 'this+that of ws\n']);
});

test('--loadmodule: a module beside those that the config names', async (t) => {
  const file = join(folder(t), 'opensips.cfg');
  writeFileSync(file, 'socket=ws:127.0.0.1:8080\nloadmodule "proto_ws.so"\nroute { exit; } # no line end');
  const more = ['--loadmodule', 'maxfwd', '--loadmodule', 'sl.so'];
  const { code, out } = await run(t, ['modules', '-f', file, ...more]);
  assert.equal(code, 0);
  for (const name of ['proto_ws', 'maxfwd', 'sl']) assert.match(out, new RegExp(` ${name} +bundled`));
});

test('words of a module: its no is exit 255', async (t) => {
  const { code, out } = await run(t, ['look', 'at', 'away', '-f', configFile(t)]);
  assert.deepEqual([code, out], [255, 'away of ws\n']);
});

test('words of a module: findings of modules do not keep them back', async (t) => {
  const file = configFile(t, 'modparam("looking", "place", "bad")');
  const { code, out, err } = await run(t, ['look', 'at', 'it', '-f', file]);
  assert.deepEqual([code, out], [0, 'it of ws\n']);
  assert.match(err, /looking\/seen/);
});

test('a word that nobody knows: the words that there are, exit 255, no server', async (t) => {
  const { code, out, err } = await run(t, ['module', '-f', configFile(t)]);
  assert.deepEqual([code, out], [255, '']);
  assert.equal(
    bodies(err).find((line) => line.includes('unknown command')),
    "ERROR:core:main: unknown command 'module' (there is: modules, explain, run-route, check, doc, schema, migrate, certs; modules of this config bring: look at WORD...)",
  );
});

test('a word in front of a config that cannot be read: that is what is said', async (t) => {
  const { code, err } = await run(t, ['module', '-f', '/nowhere/opensips.cfg']);
  assert.equal(code, 255);
  assert.match(err, /\/nowhere\/opensips\.cfg/);
});

test('tsips tls explain: the domain of a connection and why, also where its certificate is not there yet', async (t) => {
  const file = join(folder(t), 'opensips.cfg');
  const domain = (name: string, names: string) => [
    `modparam("tls_mgm", "server_domain", "${name}")`,
    `modparam("tls_mgm", "match_sip_domain", "[${name}]${names}")`,
    `modparam("tls_mgm", "certificate", "[${name}]absent.pem")`,
  ];
  const lines = [
    'socket=wss:127.0.0.1:8443',
    'loadmodule "proto_wss.so"',
    'loadmodule "tls_mgm.so"',
    ...domain('one', 'one.example'),
    ...domain('rest', '*'),
    'route { exit; }',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { code, out, err } = await run(t, ['tls', 'explain', '-f', file, 'wss:127.0.0.1', 'ONE.example']);
  assert.equal(
    out,
    [
      '127.0.0.1:8443 with the server name ONE.example: domain one',
      '  → one (address *; name one.example): its name one.example matches',
      '    rest (address *; name *): its name * matches, but one.example of one is more exact',
      '',
    ]
      .join('\n')
      .replace('→', Buffer.from('→').toString('latin1')),
  );
  assert.match(err, /absent\.pem/);
  assert.equal(code, 0);
});
