import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { measuredScripts } from '../measured-scripts.ts';
import { requestText } from '../module-tools.ts';

measuredScripts('cfgutils', {
  'check_time_rec: no start': {
    lines: ['1', '-1'],
    reason: 'eight hours a day end at eight; without a start OpenSIPS forgets the duration',
  },
});

const modules = [
  'socket=ws:127.0.0.1:8080',
  'loadmodule "proto_ws.so"',
  'loadmodule "sl.so"',
  'loadmodule "cfgutils.so"',
].join('\n');

/** Hands in one request after the other and waits until nothing waits any more; the lines that xlog wrote. */
async function linesOf(script: string, ...users: string[]): Promise<string[]> {
  const log = collectLog();
  const host = await hostOf(`${modules}\n${script}\n`, { log: log.log });
  await host.start();
  for (const user of users) host.inject(requestText({ uri: `sip:${user}@example.com` }));
  while (host.waitingRuns > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await host.stop();
  return log.lines.filter((line) => line.startsWith('xlog')).map((line) => line.slice('xlog : '.length));
}

const crossing = (take: string, release: string) => `route {
	xlog("$rU asks\\n");
	${take};
	xlog("$rU has it\\n");
	usleep(2000);
	xlog("$rU is done\\n");
	${release};
}`;

for (const kind of ['static', 'dynamic']) {
  test(`a ${kind} lock: the second run goes on when the first gives it back`, async () => {
    const script = crossing(`get_${kind}_lock("x")`, `release_${kind}_lock("x")`);
    assert.deepEqual(await linesOf(script, 'a', 'b'), [
      'a asks',
      'a has it',
      'b asks',
      'a is done',
      'b has it',
      'b is done',
    ]);
  });
}

test('locks of other texts do not wait for each other', async () => {
  const script = crossing('get_dynamic_lock($rU)', 'release_dynamic_lock($rU)');
  assert.deepEqual((await linesOf(script, 'a', 'b')).slice(0, 4), [
    'a asks',
    'a has it',
    'b asks',
    'b has it',
  ]);
});

test('a run that holds a lock gets it again', async () => {
  const script = 'route { get_dynamic_lock("x"); get_dynamic_lock("x"); xlog("$rc\\n"); }';
  assert.deepEqual(await linesOf(script, 'a'), ['1']);
});

test('async(sleep) resumes with the variables of the run', async () => {
  const script = `route { $var(x) = "kept"; async(usleep(1000), resumed); }
route[resumed] { xlog("$var(x) $rc\\n"); }`;
  assert.deepEqual(await linesOf(script, 'a'), ['kept 1']);
});

test('abort() ends this run, and the request is answered 500', async () => {
  const host = await hostOf(`${modules}\nroute { abort(); sl_send_reply(200, "OK"); }\n`);
  await host.start();
  const replies = host.inject(requestText());
  await host.stop();
  assert.deepEqual(
    replies.map((reply) => reply.split('\r\n')[0]),
    ['SIP/2.0 500 Server Internal Error'],
  );
});

test('a shared variable that cannot be read is an error of the config', async () => {
  for (const value of ['x', 'x=5', 'x=i:five', '=s:a']) {
    const config = `${modules}\nmodparam("cfgutils", "shvset", "${value}")\nroute { exit; }\n`;
    await assert.rejects(hostOf(config), /shvset/);
  }
});

test('check_time_rec without a time asks for the time now', async () => {
  const script = `route {
	if (check_time_rec("UTC|20200101T000000|29990101T000000")) xlog("since 2020\\n");
	if (!check_time_rec("UTC|29990101T000000")) xlog("before 2999\\n");
}`;
  assert.deepEqual(await linesOf(script, 'a'), ['since 2020', 'before 2999']);
});

test('varset: each run begins with the value, whatever the one before has set', async () => {
  const script = `modparam("cfgutils", "varset", "n=i:5")
modparam("cfgutils", "varset", "t=s:a=b:c")
route {
	xlog("$var(n) $var(t) $var(other)\\n");
	$var(n) = $var(n) + 1;
	$var(t) = NULL;
	xlog("$var(n) $var(t)\\n");
}`;
  const lines = ['5 a=b:c <null>', '6 <null>'];
  assert.deepEqual(await linesOf(script, 'a', 'b'), [...lines, ...lines]);
});
