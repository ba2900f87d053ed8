import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { requestText } from '../module-tools.ts';

const config = `
socket=ws:127.0.0.1:8080
loadmodule "proto_ws.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
route {
	if (is_method("ACK")) { append_to_reply("X: never\\r\\n"); sl_send_reply(200, "never"); exit; }
	if ($rU == "quoted") sl_send_reply("202", "Quoted as in 2.x");
	else if ($rU == "signaling") send_reply(486, "Busy Here");
	else if ($rU == "moved") { $ru = "sip:new@example.com"; sl_send_reply(302, "Moved"); }
	else if ($rU == "both") { $ru = "sip:new@example.com"; $branch = "sip:b1@example.com"; $(branch(q)[0]) = 250; sl_send_reply(300, "Choices"); }
	else if ($rU == "error") sl_reply_error();
	else if ($rU == "lines") { append_to_reply("X-A: 1\\r\\n"); append_to_reply("X-B: 2\\r\\n"); sl_send_reply(200, "OK"); }
	else if ($rU == "reason") sl_send_reply(200, "$hdr(X-Reason)");
	else if ($rU == "code") { $var(code) = 100 + $(hdr(X-Code){s.int}); if (!sl_send_reply($var(code), "Computed")) sl_send_reply(500, "refused"); }
	else if ($rU == "tag") { append_to_reply("X-Tag: $sig_local_totag\\r\\n"); send_reply(404, "Not Found"); }
	else sl_send_reply(404, "Not Found");
}
`;

describe('sl and signaling', () => {
  let host: Host;
  before(async () => {
    host = await hostOf(config);
    await host.start();
  });
  after(() => host.stop());

  const answer = (user: string, ...headers: string[]) =>
    host.inject(requestText({ uri: `sip:${user}@example.com`, headers }));

  const firstLines = [
    ['quoted', 'SIP/2.0 202 Quoted as in 2.x'],
    ['signaling', 'SIP/2.0 486 Busy Here'],
    ['error', 'SIP/2.0 500 Server error occurred (1/SL)'],
    ['nobody', 'SIP/2.0 404 Not Found'],
  ] as const;
  for (const [user, line] of firstLines) {
    test(`${user}: ${line}`, () => {
      const replies = answer(user);
      assert.equal(replies.length, 1);
      assert.equal(replies[0]?.split('\r\n')[0], line);
    });
  }

  test('a redirection carries the Request-URI that the script set', () => {
    assert.match(
      answer('moved')[0] ?? '',
      /^SIP\/2\.0 302 Moved\r\n[\s\S]*\r\nContact: <sip:new@example\.com>\r\n/,
    );
  });

  test('RFC 3261 §8.1.3.4: a redirection carries the branches with their q', () => {
    assert.match(
      answer('both')[0] ?? '',
      /\r\nContact: <sip:new@example\.com>, <sip:b1@example\.com>;q=0\.25\r\n/,
    );
  });

  test('lines of append_to_reply stand in the reply, in their order', () => {
    assert.match(answer('lines')[0] ?? '', /\r\nX-A: 1\r\nX-B: 2\r\n/);
  });

  test('a code from a variable', () => {
    assert.match(answer('code', 'X-Code: 80')[0] ?? '', /^SIP\/2\.0 180 Computed\r\n/);
    assert.match(answer('code', 'X-Code: 600')[0] ?? '', /^SIP\/2\.0 500 refused\r\n/);
  });

  test('the To-tag of a reply is $sig_local_totag, the same for a retransmission', () => {
    const [first = ''] = answer('tag');
    const [again = ''] = answer('tag');
    const tag = /\r\nX-Tag: (\S+)\r\n/.exec(first)?.[1];
    assert.ok(tag);
    assert.match(first, new RegExp(`\\r\\nTo: <sip:bob@example\\.com>;tag=${tag}\\r\\n`));
    assert.equal(again, first);
  });

  test('an ACK with the To-tag of an own reply ends here and is counted; another one reaches the script', () => {
    const [reply = ''] = answer('nobody');
    const to = /\r\nTo: (.*)\r\n/.exec(reply)?.[1] ?? '';
    const acks = () => host.statistics.get('sl:received_ACKs') ?? 0;
    const before = acks();
    assert.deepEqual(host.inject(requestText({ method: 'ACK', uri: 'sip:nobody@example.com', to })), []);
    assert.equal(acks(), before + 1);
    assert.deepEqual(
      host.inject(requestText({ method: 'ACK', uri: 'sip:nobody@example.com', to: `${to}x` })),
      [],
      'an ACK is never answered',
    );
    assert.equal(acks(), before + 1);
  });

  test('replies are counted by class', () => {
    const count = (name: string) => host.statistics.get(`sl:${name}`) ?? 0;
    const names = ['4xx_replies', '5xx_replies', 'sent_replies', 'sent_err_replies'];
    const before = names.map(count);
    answer('nobody');
    answer('error');
    assert.deepEqual(
      names.map((name, at) => count(name) - (before[at] ?? 0)),
      [1, 1, 2, 1],
    );
  });
});

test('enable_stats=0: nothing is counted', async () => {
  const host = await hostOf(`${config}\nmodparam("sl", "enable_stats", 0)\n`);
  await host.start();
  host.inject(requestText());
  assert.equal(host.statistics.get('sl:sent_replies'), 0);
  await host.stop();
});

test('a code that is none is an error before the start', async () => {
  for (const call of ['sl_send_reply(99, "x")', 'sl_send_reply("700", "x")', 'send_reply(99, "x")']) {
    const text = config.replace('sl_send_reply(404, "Not Found");\n}', `${call};\n}`);
    const { diagnostics, failed } = await checkConfig({ config: text, listenOn: () => '127.0.0.1:0' });
    assert.ok(failed, call);
    assert.match(
      diagnostics.map(({ message }) => message).join('\n'),
      /wrong code: (99|700), allowed values: 1xx - 6xx only!/,
    );
  }
});

test('signaling needs sl or tm', async () => {
  const text = [
    'socket=udp:127.0.0.1:5060',
    'loadmodule "proto_udp.so"',
    'loadmodule "signaling.so"',
    'route { send_reply(200, "OK"); }',
  ];
  const host = await hostOf(text.join('\n'), { log: collectLog().log });
  await assert.rejects(host.start(), /neither tm nor sl is loaded/);
});
