import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, configAround, hostOf, requestText, statusOf } from './host-tools.ts';

async function running(
  script: string,
  use: (host: Host, log: CollectedLog) => Promise<void> | void,
  modules: readonly string[] = [],
  more = '',
): Promise<void> {
  const log = collectLog();
  const host = await hostOf(configAround(script, modules, more), { log: log.log });
  await host.start();
  try {
    await use(host, log);
  } finally {
    await host.stop();
  }
}

const count = (host: Host, name: string) => host.statistics.get(`core:${name}`);

const bad: [what: string, text: (valid: string) => string, status: number | undefined][] = [
  ['SIP/3.0: 505 (RFC 3261 §21.5.6)', (valid) => valid.replace('SIP/2.0\r', 'SIP/3.0\r'), 505],
  ['CSeq of another method: 400 (§8.1.1.5)', (valid) => valid.replace('CSeq: 1 OPTIONS', 'CSeq: 1 BYE'), 400],
  ['Content-Length beyond the body: 400 (§18.3)', (valid) => valid.replace('Length: 0', 'Length: 9'), 400],
  ['no Call-ID: nothing to answer to', (valid) => valid.replace(/Call-ID: .*\r\n/, ''), undefined],
  ['no Via: nowhere to answer to', (valid) => valid.replace(/Via: .*\r\n/, ''), undefined],
  ['no SIP at all', () => 'hello\r\n\r\n', undefined],
  ['nothing at all', () => '', undefined],
];

for (const [what, change, status] of bad) {
  test(`a bad request never reaches the script: ${what}`, () =>
    running('route { sl_send_reply(200, "OK"); }', (host, { lines }) => {
      const [reply] = host.inject(change(requestText()), { remoteAddress: '192.0.2.7', remotePort: 4711 });
      assert.equal(reply === undefined ? undefined : statusOf(reply), status);
      assert.equal(count(host, 'rcv_requests'), 0);
      assert.equal(count(host, 'err_requests'), 1);
      assert.ok(lines.some((line) => line.includes('bad message') && line.includes('192.0.2.7:4711')));
    }));
}

test('a bad ACK and a bad reply are never answered', () =>
  running('route { sl_send_reply(200, "OK"); }', (host) => {
    const ack = requestText('ACK').replace('CSeq: 1 ACK', 'CSeq: 1 BYE');
    assert.deepEqual(host.inject(ack), []);
    assert.deepEqual(host.inject('SIP/2.0 200 OK\r\n\r\n'), []);
    assert.equal(count(host, 'err_replies'), 1);
  }));

test('sl takes the ACK to its own reply before the script', () =>
  running('route { sl_send_reply(404, "Not Found"); }', (host) => {
    const invite = requestText('INVITE');
    const tag = /^To:.*;tag=(\S+)/im.exec(host.inject(invite)[0] ?? '')?.[1];
    const ack = invite
      .replaceAll('INVITE', 'ACK')
      .replace(/^(To: .*)$/m, `$1;tag=${tag}`)
      .replace('\r;tag', ';tag');
    assert.deepEqual(host.inject(ack.replace(/;tag=(\w+)\n/, ';tag=$1\r\n')), []);
    assert.equal(host.statistics.get('sl:received_ACKs'), 1);
  }));

test('replies run the onreply_route and are counted as dropped: no request of this host waits for them', () =>
  running('route { exit; }\nonreply_route { xlog("L_NOTICE", "got $rs\\n"); }', (host, { lines }) => {
    const reply = requestText().replace(/^.*\r\n/, 'SIP/2.0 180 Ringing\r\n');
    assert.deepEqual(host.inject(reply), []);
    assert.equal(count(host, 'rcv_replies'), 1);
    assert.equal(count(host, 'drop_replies'), 1);
    assert.ok(lines.some((line) => line.endsWith('got 180')));
  }));

test('drop is counted', () =>
  running('route { drop; }', (host) => {
    assert.deepEqual(host.inject(requestText()), []);
    assert.equal(count(host, 'drop_requests'), 1);
  }));

for (const name of ['throw_now', 'throw_later', 'throw_text']) {
  test(`what a function throws ends its own message with 500, with the place in the log: ${name}`, () =>
    running(
      `route { ${name}(${name === 'throw_text' ? '"a text"' : ''}); sl_send_reply(200, "OK"); }`,
      async (host, { lines }) => {
        const sent = host.inject(requestText());
        await turn();
        assert.deepEqual(sent.map(statusOf), [500]);
        assert.ok(
          lines.some((line) => line.includes(name) && /test\.cfg:\d+/.test(line)),
          lines.join('\n'),
        );
        assert.equal(count(host, 'err_requests'), 1);
        assert.equal(host.waitingRuns, 0);
      },
      ['throwing'],
    ));
}

test('more runs than max_waiting_runs may not wait: the next requests get 503 until one is through', () =>
  running(
    'route { if ($rm == "MESSAGE") { release_all(); exit; } hold_until_released(); sl_send_reply(200, "OK"); }',
    async (host, { lines }) => {
      const sent = Array.from({ length: 4 }, () => host.inject(requestText()));
      assert.deepEqual(
        sent.map((list) => list.map(statusOf)),
        [[], [], [503], [503]],
      );
      assert.equal(host.waitingRuns, 2);
      assert.equal(lines.filter((line) => line.includes('max_waiting_runs')).length, 1);
      assert.equal(statusOf(host.inject(requestText('MESSAGE'))[0]), 503);
    },
    ['holding'],
    'max_waiting_runs=2',
  ));

const interleaved = `
route {
	$var(i) = $(hdr(X-Number){s.int});
	$avp(sum) = 0;
	if (hold($var(i))) {
		$var(turns) = 0;
		while ($var(turns) < 3) {
			hold(1);
			$var(turns) = $var(turns) + 1;
		}
		switch ($var(turns)) {
			case 3:
				hold(1);
				route(inner, $var(i));
				break;
			default:
				sl_send_reply(500, "lost a turn");
		}
	}
	xlog("L_NOTICE", "end of $var(i) $avp(sum)\\n");
}
route[inner] {
	$avp(sum) = $param(1) * 2;
	if (!hold(-1))
		sl_send_reply(200, "$var(i) $avp(sum) $hdr(X-Number) $ci");
}
`;

test('100 runs that wait inside if, while, switch and a nested route keep their own message and variables', () =>
  running(
    interleaved,
    async (host) => {
      const order: number[] = [];
      const sent = Array.from({ length: 100 }, (_, at) =>
        host.inject(requestText('OPTIONS', [`X-Number: ${at + 1}`]), { onSend: () => order.push(at + 1) }),
      );
      assert.equal(host.waitingRuns, 100);
      for (let turns = 0; host.waitingRuns > 0 && turns < 10_000; turns++) await turn();
      for (const [at, replies] of sent.entries()) {
        const number = at + 1;
        assert.equal(replies.length, 1);
        assert.match(replies[0] ?? '', new RegExp(`^SIP/2\\.0 200 ${number} ${number * 2} ${number} call-`));
      }
      assert.notDeepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
      assert.equal(count(host, 'rcv_requests'), 100);
    },
    ['holding'],
  ));

test('a run that does not wait is answered at once and makes no promise', () =>
  running(
    'route { if ($rm == "OPTIONS") route(inner); }\nroute[inner] { $var(i) = 2; while ($var(i) > 0) { $var(i) = $var(i) - 1; } sl_send_reply(200, "OK"); }',
    (host) => {
      let promises = 0;
      const hook = createHook({
        init(_id, type) {
          if (type === 'PROMISE') promises++;
        },
      });
      const messages = Array.from({ length: 100 }, () => requestText());
      hook.enable();
      const sent = messages.map((message) => host.inject(message));
      hook.disable();
      assert.ok(sent.every((replies) => statusOf(replies[0]) === 200));
      assert.equal(promises, 0);
      assert.equal(host.waitingRuns, 0);
    },
  ));

test('names of alias lines mean this host, as sockets do', () =>
  running(
    `route {
	if (is_myself("$hdr(X-Host)")) sl_send_reply(200, "mine"); else sl_send_reply(404, "not mine");
}`,
    (host) => {
      const mine = (name: string) =>
        statusOf(host.inject(requestText('OPTIONS', [`X-Host: ${name}`]))[0]) === 200;
      assert.deepEqual(
        [
          '127.0.0.1',
          'sip.example.com',
          'SIP.Example.com',
          'a.example.net',
          'example.net',
          'b-example.net',
          'other.example',
        ].map(mine),
        [true, true, true, true, true, false, false],
      );
    },
    [],
    'alias=ws:sip.example.com\nalias=example.net accept_subdomain',
  ));
