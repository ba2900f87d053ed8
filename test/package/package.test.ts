import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort, isAlive, isOpen, until } from '../cli/program.ts';
import { install, relativeTargets, repository, runNode } from './packed.ts';

const { project, home, files } = install();
/** Missing in Node 20, and without some functions up to 22.15. */
const { StatementSync: StatementSyncOfNode } = builtin('node:sqlite');

const read = (file: string) => readFileSync(join(home, file), 'utf8');

test('files: nothing of sources, tests and builds; licences of what is bundled', () => {
  const places =
    /^(dist|docs)\/|^modules\/(\w+\/)?README\.md$|^[A-Z]+(\.md)?$|^package\.json$|^opensips\.cfg\.example$/;
  assert.deepEqual(
    files.filter((file) => !places.test(file)),
    [],
  );
  assert.ok(files.includes('LICENSE'));
  assert.match(
    read('dist/THIRD-PARTY-LICENSES.md'),
    /## .*chevrotain[\s\S]*Apache License[\s\S]*## lodash-es/,
  );
  assert.match(read('dist/THIRD-PARTY-LICENSES.md'), /## .*@peculiar\/x509 2/);
  assert.match(read('dist/THIRD-PARTY-LICENSES.md'), /## .*jssip 3/);
});

test('files: every type that a declaration imports is there', () => {
  const declarations = files.filter((file) => file.endsWith('.d.ts'));
  assert.ok(declarations.length > 50);
  const lost = declarations.flatMap((file) =>
    relativeTargets(file, read(file)).filter((path) => !files.includes(path.replace(/\.ts$/, '.d.ts'))),
  );
  assert.deepEqual(lost, []);
});

test('files: what README, docs and manuals link to is there', () => {
  const lost = files
    .filter((file) => file.endsWith('.md') && !file.startsWith('dist/'))
    .flatMap((file) => relativeTargets(file, read(file)).map((path) => ({ file, path })))
    .filter(({ path }) => !existsSync(join(home, path)));
  assert.deepEqual(lost, []);
});

/** The files that a file loads, or may load later, but for those that need the library of certificates. */
function reached(file: string, known = new Set([file])): ReadonlySet<string> {
  for (const path of relativeTargets(file, read(file))) {
    if (known.has(path) || /^dist\/chunks\/(certs|revocation)-/.test(path)) continue;
    reached(path, known.add(path));
  }
  return known;
}

test('files: the library of certificates is loaded for tsips certs and for revocation lists alone', () => {
  const library = files.filter(
    (file) => file.endsWith('.js') && read(file).includes('node_modules/@peculiar/'),
  );
  assert.equal(library.length, 1);
  const entries = files.filter((file) => /^dist\/(\w+|modules\/\w+\/index)\.js$/.test(file));
  const loaded = entries.flatMap((file) => [...reached(file)]);
  assert.ok(loaded.length > entries.length);
  assert.deepEqual(
    loaded.filter((file) => library.includes(file)),
    [],
  );
});

const program = `
import { createHost, HostError, hostErrorCodes, type Host, type HostOptions } from 'tsips';
import { type Manifest, type ModuleFactory } from 'tsips/module';

export const manifest = {
  name: 'typed',
  commands: { greet: { params: ['s'], routes: ['R'] } },
} satisfies Manifest;
export const factory: ModuleFactory = (host) => ({
  commands: { greet: (run, name) => host.log.info('greet', \`\${name} \${run.message.method}\`) },
});

const config = \`log_level=-3
socket=ws:127.0.0.1:8080
socket=ws:127.0.0.1:8081
loadmodule "proto_ws.so"
loadmodule "sl.so"
route { sl_send_reply(200, "OK"); }
\`;
const options: HostOptions = { config, listenOn: () => '127.0.0.1:0' };
const hosts: Host[] = [await createHost(options), await createHost(options)];
await Promise.all(hosts.map((host) => host.start()));
const ports = hosts.flatMap((host) => host.listeners.map(({ port }) => port));
console.log(new Set(ports).size);
const [first] = hosts;
if (!first) throw new Error('no host');
await first.stop();
await first.start();
const headers = 'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK1\\r\\nFrom: <sip:a@b>;tag=1\\r\\nTo: <sip:a@b>\\r\\nCall-ID: 1\\r\\nCSeq: 1 OPTIONS\\r\\nContent-Length: 0';
console.log(first.inject(\`OPTIONS sip:a@b SIP/2.0\\r\\n\${headers}\\r\\n\\r\\n\`)[0]?.split('\\r\\n')[0]);
const taken = first.listeners[0]?.port;
const late = await createHost({ config, listenOn: (label) => label.endsWith('0') ? '127.0.0.1:0' : \`127.0.0.1:\${taken}\` });
const failure = await late.start().catch((error: unknown) => error);
if (failure instanceof HostError) console.log(failure.code, hostErrorCodes[failure.code]);
await Promise.all(hosts.map((host) => host.stop()));
await createHost(options);
`;

test("library: import { createHost } from 'tsips' with strict types, in a project without other types", () => {
  writeFileSync(join(project, 'use.ts'), program);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    lib: ['es2022', 'dom'],
    types: [],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, out } = runNode([compiler, '-p', project], project);
  assert.equal(out, '');
  assert.equal(status, 0);
});

test('library: two hosts, started twice, one that fails; nothing is left that keeps the process', () => {
  const { status, out, err } = runNode(['use.js'], project);
  assert.equal(err, '');
  assert.deepEqual(out.split('\n'), ['4', 'SIP/2.0 200 OK', 'SOCKET_FAILED a socket cannot be opened', '']);
  assert.equal(status, 0);
});

test('program: npm’s link to it starts a detached process, quietly, and a signal ends that', async (t) => {
  const [port = 0, securePort = 0, udpPort = 0, pagePort = 0] = await freePorts(4);
  const link = join(project, 'tsips');
  symlinkSync(join(home, 'dist', 'tsips.js'), link);
  const example = read('opensips.cfg.example')
    .replace(':8080', `:${port}`)
    .replace(':8443', `:${securePort}`)
    .replace(':5060', `:${udpPort}`)
    .replace('log_level=3', 'log_level=1');
  const phone = `loadmodule "phone.so"\nmodparam("phone", "port", ${pagePort})\n`;
  writeFileSync(join(project, 'opensips.cfg'), `${example}${phone}`);
  assert.equal(runNode([link, 'certs', 'certs/dev'], project).status, 0);
  const pidFile = join(project, 'pid');
  t.after(() => endProcessOf(pidFile));
  const { status, out, err } = runNode([link, '-P', pidFile], project);
  assert.equal(err, '');
  assert.equal(status, 0);
  assert.equal(
    out,
    `Listening on \n             udp: 127.0.0.1 [127.0.0.1]:${udpPort}\n             ws: 127.0.0.1 [127.0.0.1]:${port}\n             wss: 127.0.0.1 [127.0.0.1]:${securePort}\nAliases: \n\n`,
  );
  assert.equal(await isOpen(port), true);
  const page = await fetch(`http://127.0.0.1:${pagePort}/jssip.js`);
  assert.equal(page.status, 200);
  assert.ok((await page.text()).length > 100_000);
  const pid = Number(readFileSync(pidFile, 'latin1'));
  process.kill(pid, 'SIGTERM');
  await until(() => !existsSync(pidFile), 'its end');
  await until(() => !isAlive(pid), 'its end');
  assert.match(readFileSync(join(project, 'stderr'), 'latin1'), /^Thank you for running opensips\n$/m);
});

test('program: the driver of db_sqlite is loaded from its package, and Node’s own where that is missing', () => {
  const config = join(project, 'database.cfg');
  const lines = ['socket=ws:127.0.0.1:8080', 'loadmodule "proto_ws.so"', 'loadmodule "db_sqlite.so"'];
  writeFileSync(config, `${lines.join('\n')}\nroute { exit; }\n`);
  const create = (name: string) =>
    runNode([join(home, 'dist', 'tsips.js'), 'sqlite', 'create', name, '-f', config], project);
  assert.match(create('one.db').out, /one\.db: new; made version, /);
  rmSync(join(project, 'node_modules', '@photostructure'), { recursive: true });
  const { status, out } = create('two.db');
  const own = typeof StatementSyncOfNode?.prototype?.setReturnArrays === 'function';
  assert.match(out, own ? /two\.db: new; made version, / : /no SQLite driver: install the package/);
  assert.equal(status, own ? 0 : 255);
});

function builtin(name: string): Readonly<Record<string, { prototype?: Readonly<Record<string, unknown>> }>> {
  try {
    return createRequire(import.meta.url)(name);
  } catch {
    return {};
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** Where the test failed halfway. */
function endProcessOf(pidFile: string): void {
  if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'latin1')), 'SIGKILL');
}
