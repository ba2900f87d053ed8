import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { createLog, defaultLogSettings } from '../../../runtime/log/index.ts';
import type { LogLine } from '../../../runtime/log/log-line.ts';
import { parseSyslogServer, syslogDatagram } from '../../../runtime/log/sinks/udp-sink.ts';
import { memorySink } from './memory-sink.ts';

async function openServer(t: TestContext): Promise<{ server: Socket; port: number }> {
  const server = createSocket('udp4');
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  let open = true;
  server.once('close', () => {
    open = false;
  });
  t.after(() => open && server.close());
  return { server, port };
}

test('RFC 5424 §6: header and message of a line, over UDP to syslog_server', async (t) => {
  const { server, port } = await openServer(t);
  const stderr = memorySink();
  const log = createLog({
    stderr,
    settings: {
      ...defaultLogSettings,
      stderr: false,
      syslog: true,
      syslogServer: `127.0.0.1:${port}`,
      facility: 'LOG_LOCAL3',
      prefix: 'pfx',
      name: 'sip one',
    },
  });
  const got: string[] = [];
  const all = new Promise<void>((resolve) => {
    server.on('message', (bytes) => {
      got.push(bytes.toString('latin1'));
      if (got.length === 3) resolve();
    });
  });
  log.for('core').error('main', 'caf\xc3\xa9');
  await log.open();
  log.xlog(2, 'from the script\n');
  log.for('acc').plain(2, 'of its own facility', 'LOG_LOCAL0');
  await all;
  await log.close();
  const header = String.raw`1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S+ sipone ${process.pid} - - `;
  assert.match(got[0] ?? '', new RegExp(`^<155>${header}pfx:ERROR:core:main: caf\xc3\xa9$`));
  assert.match(got[1] ?? '', new RegExp(`^<157>${header}pfx:NOTICE:from the script$`));
  assert.match(got[2] ?? '', new RegExp(`^<133>${header}pfx:NOTICE:of its own facility$`));
  assert.deepEqual(stderr.lines, []);
});

test('a server that refuses: one warning, and the lines go to standard error', async (t) => {
  const { server, port } = await openServer(t);
  const stderr = memorySink();
  const log = createLog({
    stderr,
    settings: { ...defaultLogSettings, stderr: false, syslog: true, syslogServer: `127.0.0.1:${port}` },
  });
  t.after(() => log.close());
  const heard = once(server, 'message');
  log.for('core').notice('main', 'heard');
  await heard;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const logger = log.for('core');
  for (let number = 0; number < 20; number++) {
    logger.notice('main', `line ${number}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await log.flush();
  const text = stderr.lines.join('');
  for (let number = 0; number < 20; number++)
    assert.match(text, new RegExp(`NOTICE:core:main: line ${number}\n`));
  assert.equal(text.match(/WARNING:core:syslog: the syslog server/g)?.length, 1);
});

test('a server whose name leads nowhere: the lines go to standard error', async () => {
  const stderr = memorySink();
  const log = createLog({
    stderr,
    settings: { ...defaultLogSettings, stderr: false, syslog: true, syslogServer: 'nowhere.invalid' },
  });
  log.for('core').notice('main', 'a line');
  await log.close();
  assert.match(stderr.lines.join(''), /NOTICE:core:main: a line\n/);
});

test('a line too long for a datagram is cut', () => {
  const line: LogLine = { level: 4, module: undefined, caller: undefined, message: '', time: 0 };
  const facts = { pid: 7, prefix: '', name: '', hostname: 'a b' };
  assert.equal(
    syslogDatagram(line, 'DBG:x\n', 'LOG_DAEMON', facts),
    '<31>1 1970-01-01T00:00:00.000Z ab - 7 - - DBG:x',
  );
});

test('syslog_server: host, port and IPv6', () => {
  assert.deepEqual(parseSyslogServer('log.example.com'), { host: 'log.example.com', port: 514 });
  assert.deepEqual(parseSyslogServer('10.0.0.1:5514'), { host: '10.0.0.1', port: 5514 });
  assert.deepEqual(parseSyslogServer('udp:10.0.0.1:5514'), { host: '10.0.0.1', port: 5514 });
  assert.deepEqual(parseSyslogServer('[::1]:5514'), { host: '::1', port: 5514 });
  assert.deepEqual(parseSyslogServer('::1'), { host: '::1', port: 514 });
});
