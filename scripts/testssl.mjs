// Runs testssl.sh (Debian: testssl.sh) on a tls and on a wss socket with default parameters, with an EC and with an
// RSA key (made by openssl). Prints each finding that is not good; ends with 1 where one is above LOW.
// Usage: npm run build && node scripts/testssl.mjs
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const program = ['testssl', 'testssl.sh'].find((name) => spawnSync(name, ['--version']).error === undefined);
if (!program) {
  console.error('testssl.sh is not installed');
  process.exit(1);
}

const sections = ['--protocols', '--std', '--fs', '--server-preference', '--vulnerable'];
const bad = ['MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'];
const keys = { ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], rsa: ['-newkey', 'rsa:2048'] };

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function isOpen(port) {
  const socket = connect(port, '127.0.0.1');
  const open = await new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return open;
}

/** The program with both sockets and a key of that kind. */
async function startHost(folder, kind) {
  const [certificate, key] = ['pem', 'key'].map((ending) => join(folder, `${kind}.${ending}`));
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = [
    'req',
    '-x509',
    '-nodes',
    '-days',
    '60',
    ...keys[kind],
    ...names,
    '-keyout',
    key,
    '-out',
    certificate,
  ];
  if (spawnSync('openssl', made).status !== 0) throw new Error('openssl could not make a certificate');
  const ports = { tls: await freePort(), wss: await freePort() };
  const file = join(folder, `${kind}.cfg`);
  writeFileSync(
    file,
    `log_level=-1
stderror_enabled=yes
syslog_enabled=no
socket=tls:127.0.0.1:${ports.tls}
socket=wss:127.0.0.1:${ports.wss}
loadmodule "proto_tls.so"
loadmodule "proto_wss.so"
loadmodule "tls_mgm.so"
modparam("tls_mgm", "server_domain", "default")
modparam("tls_mgm", "certificate", "[default]${certificate}")
modparam("tls_mgm", "private_key", "[default]${key}")
modparam("tls_mgm", "verify_cert", "[default]0")
route { exit; }
`,
  );
  const child = spawn(process.execPath, ['dist/tsips.js', '-F', '-f', file], { stdio: 'ignore' });
  while (!(await isOpen(ports.tls)) || !(await isOpen(ports.wss))) {
    if (child.exitCode !== null) throw new Error(`the host ended with ${child.exitCode}`);
    await wait(50);
  }
  return { child, ports };
}

async function scan(folder, what, port) {
  const file = join(folder, `${what}.json`);
  const quiet = ['--warnings', 'off', '--color', '0', '--quiet', '--ip', 'one'];
  const began = performance.now();
  const child = spawn(program, [...quiet, ...sections, '--jsonfile', file, `127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  await once(child, 'close');
  const findings = JSON.parse(readFileSync(file, 'utf8'));
  console.log(`${what}: ${findings.length} findings in ${Math.round((performance.now() - began) / 1000)} s`);
  for (const { id, severity, finding } of findings) {
    if (severity === 'LOW' || bad.includes(severity)) console.log(`  ${severity} ${id}: ${finding}`);
  }
  return findings.length > 0 && findings.every(({ severity }) => !bad.includes(severity));
}

const folder = mkdtempSync(join(tmpdir(), 'tsips-testssl-'));
let well = true;
try {
  for (const kind of Object.keys(keys)) {
    const { child, ports } = await startHost(folder, kind);
    for (const [protocol, port] of Object.entries(ports)) {
      well = (await scan(folder, `${protocol}-${kind}`, port)) && well;
    }
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(well ? 'all well' : 'not well');
process.exit(well ? 0 : 1);
