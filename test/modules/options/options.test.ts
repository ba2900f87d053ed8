import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { requestText } from '../module-tools.ts';

const script = 'route { options_reply(); xlog("goes on $rc\\n"); }';

async function answer(
  message: string,
  ...modparams: string[]
): Promise<{ reply: string[]; lines: string[] }> {
  const log = collectLog();
  const config = [
    'socket=ws:127.0.0.1:8080',
    ...['proto_ws', 'sl', 'signaling', 'options'].map((name) => `loadmodule "${name}.so"`),
    ...modparams.map((line) => `modparam("options", ${line})`),
    script,
    '',
  ].join('\n');
  const host = await hostOf(config, { log: log.log });
  await host.start();
  const [reply = ''] = host.inject(message);
  await host.stop();
  return { reply: reply.split('\r\n'), lines: log.lines.filter((line) => line.startsWith('xlog')) };
}

const question = requestText({ method: 'OPTIONS', uri: 'sip:example.com' });
const capabilities = (reply: readonly string[]) => reply.filter((line) => /^(?:Accept|Supported)/.test(line));

describe('options_reply', () => {
  test('answers 200 with the headers of the parameters, and ends the script', async () => {
    const { reply, lines } = await answer(question);
    assert.equal(reply[0], 'SIP/2.0 200 OK');
    assert.deepEqual(capabilities(reply), ['Accept: */*', 'Accept-Language: en']);
    assert.deepEqual(lines, []);
  });

  test('an empty parameter leaves its header out', async () => {
    const { reply } = await answer(
      question,
      '"accept", ""',
      '"accept_language", ""',
      '"accept_encoding", "gzip"',
      '"support", "100rel"',
    );
    assert.deepEqual(capabilities(reply), ['Accept-Encoding: gzip', 'Supported: 100rel']);
  });

  for (const [what, message] of [
    ['another method', requestText({ method: 'INFO', uri: 'sip:example.com' })],
    ['a user in the Request-URI', requestText({ method: 'OPTIONS' })],
  ] as const) {
    test(`${what}: false, and nothing is answered`, async () => {
      const { reply, lines } = await answer(message);
      assert.deepEqual(reply, ['']);
      assert.deepEqual(lines, ['xlog : goes on -1']);
    });
  }
});
