// Runs the real Autobahn test suite, cases 1 to 7, 9 and 10, on proto_ws as a server and as a client, limits raised.
// Usage: npm run build && node scripts/autobahn.mjs [folder for reports]
// `node scripts/autobahn.mjs echo` only opens the echo server, for a suite or a client that runs elsewhere.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { echo, openWebSocketHost } from '../build/test/modules/proto_ws/ws-host.js';

const agent = 'tsips';
const limits = {
  ws_max_msg_chunks: 0,
  ws_max_fragments: 0,
  ws_max_msg_size: 32 * 1024 * 1024,
  ws_max_queue: 64 * 1024 * 1024,
  ws_send_timeout: 10_000,
  ws_close_timeout: 5000,
};
const suite = {
  cases: ['1.*', '2.*', '3.*', '4.*', '5.*', '6.*', '7.*', '9.*', '10.*'],
  // Nothing but empty messages: here they are keepalives, which nobody above the engine gets to echo.
  'exclude-cases': ['1.1.1', '1.2.1', '6.1.1', '6.1.2', '9.7.1', '9.8.1'],
  'exclude-agent-cases': {},
};
const passed = new Set(['OK', 'NON-STRICT', 'INFORMATIONAL']);

/** Runs wstest in this mode; `spec` becomes its file. */
function startSuite(mode, folder, spec) {
  const file = join(folder, `${mode}.json`);
  writeFileSync(file, JSON.stringify({ ...suite, ...spec, outdir: folder }));
  const child = spawn('wstest', ['-m', mode, '-s', file], { stdio: 'inherit' });
  return { child, ended: once(child, 'exit') };
}

async function asServer(folder) {
  const host = await openWebSocketHost(limits, echo);
  const server = { agent, url: `ws://127.0.0.1:${host.port}`, protocols: ['sip'] };
  const { ended } = startSuite('fuzzingclient', folder, { servers: [server] });
  await ended;
  await host.close();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** One connection to the suite's server, until it is gone; answers the last message that came. */
async function visit(port, resource) {
  let last = '';
  const host = await openWebSocketHost({ ...limits, ws_resource: resource }, (message, source) => {
    last = message;
    echo(message, source);
  });
  try {
    const connection = await host.connect(port);
    while (connection.state !== 'closed') await wait(5);
  } finally {
    await host.close();
  }
  return last;
}

/** The first visit, tried until the suite listens. */
async function caseCount(port, child) {
  for (;;) {
    try {
      return Number(await visit(port, '/getCaseCount'));
    } catch (error) {
      if (child.exitCode !== null) throw error;
      await wait(200);
    }
  }
}

async function asClient(folder) {
  const port = await freePort();
  const { child, ended } = startSuite('fuzzingserver', folder, { url: `ws://127.0.0.1:${port}` });
  try {
    const count = await caseCount(port, child);
    for (let number = 1; number <= count; number += 1) {
      await visit(port, `/runCase?case=${number}&agent=${agent}`);
    }
    await visit(port, `/updateReports?agent=${agent}`);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** Prints what the suite has written down; answers whether all is well. */
function judge(role, folder) {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) {
    console.log(`${role}: the suite has written no report`);
    return false;
  }
  const results = Object.entries(JSON.parse(readFileSync(index, 'utf8'))[agent] ?? {});
  const failed = results.filter(
    ([, { behavior, behaviorClose }]) => !passed.has(behavior) || !passed.has(behaviorClose),
  );
  console.log(`${role}: ${results.length} cases, ${failed.length} failed; reports in ${folder}`);
  for (const [name, { behavior, behaviorClose }] of failed) {
    console.log(`  case ${name}: ${behavior}, close ${behaviorClose}`);
  }
  return results.length > 0 && failed.length === 0;
}

if (process.argv[2] === 'echo') {
  const { port } = await openWebSocketHost(limits, echo);
  console.log(`echoes at ws://127.0.0.1:${port}, subprotocol sip; ends with Ctrl-C`);
} else if (spawnSync('wstest', ['--help']).error) {
  console.log('skipped: the Autobahn test suite (wstest) is not installed');
} else {
  const reports = resolve(process.argv[2] ?? 'build/autobahn');
  let well = true;
  for (const [role, run] of [
    ['server', asServer],
    ['client', asClient],
  ]) {
    const folder = join(reports, role);
    mkdirSync(folder, { recursive: true });
    rmSync(join(folder, 'index.json'), { force: true });
    await run(folder);
    well = judge(role, folder) && well;
  }
  process.exit(well ? 0 : 1);
}
