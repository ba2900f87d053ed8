import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { checkConfig } from '../../../runtime/check-config.ts';
import { type PageHost, startPage } from './page-host.ts';

let page: PageHost;

before(async () => {
  page = await startPage([
    'modparam("phone", "host_name", "Phone.test")',
    'modparam("phone", "title", "A <title>")',
    'modparam("phone", "max_connections", 3)',
  ]);
});
after(() => page.host.stop());

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends a text as it stands and reads until the server closes. */
async function send(text: string): Promise<Answer> {
  const socket = connect(page.port, '127.0.0.1').setEncoding('latin1');
  let answer = '';
  socket.on('data', (part: string) => {
    answer += part;
  });
  socket.write(text, 'latin1');
  await once(socket, 'close');
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => /^([^:]+): (.*)$/.exec(line)?.slice(1) ?? []);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: new Map(headers.map(([name = '', value = '']) => [name.toLowerCase(), value])),
    body: rest.join('\r\n\r\n'),
  };
}

function request(target: string, { method = 'GET', host = '127.0.0.1', more = '' } = {}): string {
  return `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`;
}

const html = 'text/html; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

for (const [target, type, holds] of [
  ['/', html, '<!doctype html>'],
  ['/?a=/../b', html, '<!doctype html>'],
  ['http://127.0.0.1/', html, '<!doctype html>'],
  ['http://localhost', html, '<!doctype html>'],
  ['/phone.css', 'text/css; charset=utf-8', ':root'],
  ['/icon.svg', 'image/svg+xml', '<svg'],
  ['/phone.js', script, "from './jssip.js'"],
  ['/jssip.js', script, 'JsSIP'],
] as const) {
  test(`GET ${target} is ${type}`, async () => {
    const { status, headers, body } = await send(request(target));
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), type);
    assert.ok(body.includes(holds));
    assert.equal(Number(headers.get('content-length')), body.length);
  });
}

test('every module that the page imports is served', async () => {
  const seen = new Set<string>();
  const waiting = ['/phone.js'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { status, body } = await send(request(path));
    assert.equal(status, 200, path);
    for (const [, name] of body.matchAll(/^import .*'\.(\/[\w-]+\.js)';$/gm)) waiting.push(name ?? '');
  }
  assert.ok(seen.size > 5);
});

for (const target of [
  '/phone',
  '/README.md',
  '/index.html/',
  '/../phone.js',
  '/./phone.js',
  '//phone.js',
  '/%2e%2e/index.js',
  '/..%2findex.js',
  '/..\\index.js',
  '/page/phone.js',
  '/etc/passwd',
  '/phone.js%00',
  '/phone.js\x00',
  '/PHONE.JS',
  '/__proto__',
  '/constructor',
  '*',
]) {
  test(`GET ${JSON.stringify(target)} is nothing that is served`, async () => {
    const { status } = await send(request(target));
    assert.ok(status === 404 || status === 400, String(status));
  });
}

for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PATCH']) {
  test(`${method} is 405, and Allow names GET (RFC 9110 §15.5.6)`, async () => {
    const { status, headers } = await send(request('/', { method }));
    assert.deepEqual([status, headers.get('allow')], [405, 'GET']);
  });
}

for (const [host, expected] of [
  ['localhost', 200],
  ['LOCALHOST:80', 200],
  ['127.0.0.1:65535', 200],
  ['127.8.9.10', 200],
  ['[::1]:8088', 200],
  ['phone.TEST', 200],
  ['evil.example', 421],
  ['localhost.evil.example', 421],
  ['127.0.0.1.evil.example', 421],
  ['192.0.2.1', 421],
  ['[::2]', 421],
  ['', 400],
  ['localhost:port', 400],
  ['user@localhost', 400],
  ['localhost/x', 400],
] as const) {
  test(`DNS rebinding: Host ${JSON.stringify(host)} is ${expected}`, async () => {
    assert.equal((await send(request('/', { host }))).status, expected);
    assert.equal((await send(request('/settings.json', { host }))).status, expected);
  });
}

test('the host of a target in absolute form counts (RFC 9112 §3.2.2)', async () => {
  assert.equal((await send(request('http://evil.example/'))).status, 421);
});

test('a request without Host, or with two, is 400 (RFC 9112 §3.2)', async () => {
  assert.equal((await send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).status, 400);
  assert.equal((await send(request('/', { more: 'Host: localhost\r\n' }))).status, 400);
});

test('what is no HTTP is 400', async () => {
  assert.equal((await send('REGISTER sip:a SIP/2.0\r\n\r\n')).status, 400);
});

test('headers without end are 431', async () => {
  assert.equal((await send(request('/', { more: `X: ${'x'.repeat(9000)}\r\n` }))).status, 431);
});

test('a body of a GET is not waited for', async () => {
  const text = 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx';
  assert.equal((await send(text)).status, 200);
});

test('an upgrade is a GET like any other', async () => {
  const { status } = await send(request('/', { more: 'Upgrade: websocket\r\n' }));
  assert.equal(status, 200);
});

test('connections beyond max_connections are closed', async () => {
  const open = [1, 2, 3].map(() => connect(page.port, '127.0.0.1'));
  await Promise.all(open.map((socket) => once(socket, 'connect')));
  const more = connect(page.port, '127.0.0.1').on('error', () => undefined);
  await once(more.resume(), 'close');
  for (const socket of open) socket.destroy();
  await Promise.all(open.map((socket) => once(socket, 'close')));
});

test('the settings: the title, the sockets for browsers', async () => {
  const { headers, body } = await send(request('/settings.json'));
  assert.equal(headers.get('content-type'), 'application/json');
  const [listener] = page.host.listeners;
  assert.deepEqual(JSON.parse(body), {
    title: 'A <title>',
    servers: [`ws://127.0.0.1:${listener?.port}/`],
  });
});

test('nothing but the page’s own and its SIP server: Content-Security-Policy', async () => {
  const { headers } = await send(request('/'));
  const [listener] = page.host.listeners;
  assert.deepEqual(headers.get('content-security-policy')?.split('; '), [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ws://127.0.0.1:${listener?.port}/`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

for (const target of ['/', '/settings.json', '/nothing']) {
  test(`${target}: nobody else reads it, guesses its type, keeps it or learns of it`, async () => {
    const { headers } = await send(request(target));
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('access-control-allow-origin'), undefined);
  });
}

for (const [what, lines, codes] of [
  ['as it is', [], []],
  ['an address of every machine', ['modparam("phone", "ip", "0.0.0.0")'], ['phone/open-to-others']],
  ['a loopback address', ['modparam("phone", "ip", "::1")'], []],
  ['a name', ['modparam("phone", "ip", "localhost")'], ['phone/address-form']],
] as const) {
  test(`a check of ${what} finds ${codes.join() || 'nothing'}`, async () => {
    assert.deepEqual(await found('ws', lines), codes);
  });
}

test('a check tells that there is no socket for browsers', async () => {
  assert.deepEqual(await found('udp', []), ['phone/no-websocket']);
});

async function found(protocol: string, lines: readonly string[]): Promise<readonly string[]> {
  const modules = [`proto_${protocol}`, 'phone'].map((name) => `loadmodule "${name}.so"`);
  const config = [`socket=${protocol}:127.0.0.1:8080`, ...modules, ...lines, 'route { exit; }'].join('\n');
  const { diagnostics } = await checkConfig({ config, name: 'phone.cfg' });
  return diagnostics.map(({ code }) => code);
}

test('a port that is taken ends the start, and says which parameters to change', async () => {
  const taken = startPage([`modparam("phone", "port", ${page.port})`]);
  await assert.rejects(taken, /the page cannot be served: .*EADDRINUSE.*parameters ip and port/);
});
