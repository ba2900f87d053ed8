import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkConfig } from '../../../runtime/check-config.ts';
import { createHost, type Host, HostError } from '../../../runtime/index.ts';
import { exampleFolder } from '../../example-folder.ts';
import {
  ask,
  collectLog,
  configAround,
  connect,
  fixtureMpath,
  hostOf,
  requestText,
  statusOf,
} from './host-tools.ts';

const answering = configAround('route { sl_send_reply(200, "OK"); }');

/** Runs `use` with a host that is started, and stops it whatever happens. */
async function withHost(host: Host, use: (host: Host) => Promise<void>): Promise<void> {
  await host.start();
  try {
    await use(host);
  } finally {
    await host.stop();
  }
}

async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof HostError, String(error));
    return error.code;
  }
  return 'none';
}

test('a check of the shipped example finds nothing, for OpenSIPS 3.6 and for 4.0', async () => {
  const { config } = exampleFolder();
  for (const version of ['3.6', '4.0']) {
    const { diagnostics } = await checkConfig({ file: config, version });
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      [],
    );
  }
});

test('the library runs the shipped example and answers a WebSocket client', async () => {
  const host = await createHost({
    file: exampleFolder().config,
    log: collectLog().log,
    listenOn: () => '127.0.0.1:0',
  });
  await withHost(host, async () => {
    assert.equal(host.listeners.length, 3);
    assert.notEqual(host.listeners[0]?.port, 8080);
    const client = await connect(host);
    assert.equal(host.connections.length, 1);
    for (const [method, uri, status] of [
      ['OPTIONS', 'sip:127.0.0.1', 200],
      ['MESSAGE', 'sip:127.0.0.1', 484],
      ['MESSAGE', 'sip:alice@127.0.0.1', 404],
      ['REGISTER', 'sip:127.0.0.1', 200],
      ['PUBLISH', 'sip:alice@127.0.0.1', 503],
      ['MESSAGE', 'sip:alice@example.com', 403],
    ] as const) {
      const request = requestText(method).replace('sip:alice@example.com', uri);
      assert.equal(statusOf(await ask(client, request)), status, `${method} ${uri}`);
    }
    client.terminate();
  });
});

test('start and stop may be said twice, and a stopped host starts again', async () => {
  const host = await hostOf(answering);
  assert.equal(host.state, 'stopped');
  await host.stop();
  const first = host.start();
  assert.equal(host.start(), first);
  await first;
  assert.equal(host.state, 'running');
  assert.equal(host.start(), first);
  const stopping = host.stop();
  assert.equal(host.stop(), stopping);
  await stopping;
  assert.deepEqual(host.listeners, []);
  await host.start();
  assert.equal(statusOf(host.inject(requestText())[0]), 200);
  assert.equal(host.statistics.get('core:rcv_requests'), 1);
  await host.stop();
  assert.equal(host.state, 'stopped');
});

test('starts and stops that are asked for at once come one after the other', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(configAround('route { exit; }', ['gamma']), { log });
  const first = host.start();
  const stop = host.stop();
  const second = host.start();
  assert.equal(await codeOf(first), 'HOST_STOPPED');
  await stop;
  await second;
  assert.equal(host.state, 'running');
  const again = [host.stop(), host.start(), host.stop()] as const;
  assert.equal(await codeOf(again[1]), 'HOST_STOPPED');
  await Promise.all([again[0], again[2]]);
  assert.equal(host.state, 'stopped');
  assert.deepEqual(host.listeners, []);
  assert.equal(from('phase').at(-1), 'gamma destroy');
});

test('a start that failed may be tried again', async () => {
  let fail = true;
  const host = await hostOf(answering, {
    onListening() {
      if (fail) throw new Error('not yet');
    },
  });
  await assert.rejects(host.start(), /not yet/);
  await host.stop();
  fail = false;
  await host.start();
  assert.equal(statusOf(host.inject(requestText())[0]), 200);
  await host.stop();
});

test('two hosts at once share no state', async () => {
  const config = configAround('route { sl_send_reply(200, "OK"); }');
  const [one, two] = await Promise.all([hostOf(config), hostOf(config)]);
  await withHost(one, () =>
    withHost(two, async () => {
      assert.notEqual(one.listeners[0]?.port, two.listeners[0]?.port);
      one.inject(requestText());
      one.inject(requestText());
      two.inject(requestText());
      assert.equal(one.statistics.get('sl:2xx_replies'), 2);
      assert.equal(two.statistics.get('sl:2xx_replies'), 1);
      const tag = (host: Host, text: string) => /^To:.*;tag=(\S+)/im.exec(host.inject(text)[0] ?? '')?.[1];
      const text = requestText();
      assert.equal(tag(one, text), tag(one, text));
      assert.notEqual(tag(one, text), tag(two, text));
    }),
  );
});

test('stop closes connections with 1001', async () => {
  const host = await hostOf(answering);
  await host.start();
  const client = await connect(host);
  const closed = new Promise<number>((resolve) => client.once('close', resolve));
  await host.stop();
  assert.equal(await closed, 1001);
});

test('stop breaks a start off and undoes it', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(configAround('route { exit; }', ['gamma']), { log });
  const starting = host.start();
  await host.stop();
  assert.equal(await codeOf(starting), 'HOST_STOPPED');
  assert.equal(host.state, 'stopped');
  assert.ok(!from('phase').includes('gamma childInit'));
});

test('a socket that cannot be opened ends the start, and no socket stays open', async () => {
  const taken = await listening(0);
  const free = await listening(0);
  const freePort = portOf(free);
  await closed(free);
  let opened = 0;
  const { log, from } = collectLog();
  const host = await hostOf(configAround('route { exit; }', ['gamma'], 'socket=ws:127.0.0.1:8081\n'), {
    log,
    listenOn: (label) => `127.0.0.1:${label.endsWith(':8081') ? portOf(taken) : freePort}`,
    onListening: () => {
      opened++;
    },
  });
  assert.equal(await codeOf(host.start()), 'SOCKET_FAILED');
  assert.equal(opened, 0);
  assert.equal(host.state, 'stopped');
  assert.deepEqual(from('phase'), ['gamma factory', 'gamma preInit', 'gamma init', 'gamma destroy']);
  await closed(await listening(freePort));
  await closed(taken);
  await host.start();
  assert.equal(host.listeners.length, 2);
  await host.stop();
});

test('what onListening throws fails the start with the sockets closed again', async () => {
  let port = 0;
  const host = await hostOf(answering, {
    onListening(listeners) {
      port = listeners[0]?.port ?? 0;
      throw new Error('no such user');
    },
  });
  await assert.rejects(host.start(), /no such user/);
  assert.notEqual(port, 0);
  await closed(await listening(port));
});

test('a config with errors gives no host, but all findings', async () => {
  const config = configAround('route { sl_send_repl(200, "OK"); route(nowhere); }');
  const error = await hostOf(config).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof HostError);
  assert.equal(error.code, 'CONFIG_INVALID');
  assert.deepEqual(
    error.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    ['unknown-function', 'unknown-route'],
  );
  assert.match(error.message, /^test\.cfg:6:9: .*sl_send_repl.*\(and 1 more error\)$/);
  assert.match(error.report, /sl_send_reply/);
});

test('a config that cannot be read has its own code', async () => {
  assert.equal(await codeOf(createHost({ file: '/nonexistent/opensips.cfg' })), 'CONFIG_UNREADABLE');
});

test('`read` gives the config and what it includes', async () => {
  const files = new Map([
    ['main.cfg', `${answering}\ninclude_file "more.cfg"\n`],
    ['more.cfg', 'route[more] { sl_send_reply(202, "More"); }\n'],
  ]);
  const host = await hostOf('', {}).catch(() => undefined);
  assert.equal(host, undefined);
  const read = await createHost({ file: 'main.cfg', read: (path) => files.get(path), log: collectLog().log });
  assert.equal(read.checked.failed, false);
});

for (const [what, body, modules] of [
  ['answers less than 0', 'return(-1);', []],
  ['throws', 'throw_later();', ['throwing']],
] as const) {
  test(`a startup_route that ${what} ends the start`, async () => {
    const host = await hostOf(configAround(`startup_route { ${body} }\nroute { exit; }`, modules));
    assert.equal(await codeOf(host.start()), 'STARTUP_ROUTE_FAILED');
  });
}

test('a startup_route runs once, before the sockets open', async () => {
  const { log, lines } = collectLog();
  const config = configAround('startup_route { xlog("L_NOTICE", "begins\\n"); }\nroute { exit; }');
  const host = await hostOf(config, {
    log,
    onListening: () => assert.equal(lines.filter((line) => line.endsWith('begins')).length, 1),
  });
  await host.start();
  host.inject(requestText());
  await host.stop();
  assert.equal(lines.filter((line) => line.endsWith('begins')).length, 1);
});

test('timer routes run again and again, one run at a time, and end with the host', async () => {
  const { log, lines } = collectLog();
  const config = configAround(
    'timer_route[tick, 1] { xlog("L_NOTICE", "tick\\n"); hold_until_released(); }\nroute { release_all(); exit; }',
    ['holding'],
  );
  const host = await hostOf(config, { log });
  await host.start();
  const ticks = () => lines.filter((line) => line.endsWith('tick')).length;
  const until = async (condition: () => boolean) => {
    for (const deadline = Date.now() + 20_000; !condition() && Date.now() < deadline; ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.ok(condition());
  };
  await until(() => lines.some((line) => line.includes('this turn is left out')));
  assert.equal(ticks(), 1);
  host.inject(requestText());
  await until(() => ticks() === 2);
  await host.stop();
});

test('inject is refused while the host does not run', async () => {
  const host = await hostOf(answering);
  assert.throws(() => host.inject(requestText()), { code: 'HOST_NOT_RUNNING' });
});

test('a log of its own leaves no listener on the process', async () => {
  const before = process.listenerCount('exit');
  const config = `stderror_enabled=no\nsyslog_enabled=no\n${answering}`;
  const host = await createHost({ config, listenOn: () => '127.0.0.1:0' });
  await host.start();
  await host.stop();
  assert.equal(process.listenerCount('exit'), before);
});

test('the version of the library is that of the package', async () => {
  const { productVersion } = await import('../../../runtime/index.ts');
  const file = fileURLToPath(new URL('../../../../package.json', import.meta.url));
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).version, productVersion);
  assert.ok(fixtureMpath);
});

test('a port in use: the message has the line of the config, the process and what to do', async () => {
  const taken = await listening(0);
  const host = await hostOf(answering, { listenOn: () => `127.0.0.1:${portOf(taken)}` });
  await assert.rejects(host.start(), (error) => {
    assert.ok(error instanceof HostError);
    assert.match(error.message, /^cannot listen on ws:127\.0\.0\.1:8080: .*EADDRINUSE.* \(test\.cfg:1\); /);
    assert.match(error.message, /(?:this|another) process has th(?:e|is) port/);
    return true;
  });
  await closed(taken);
});
