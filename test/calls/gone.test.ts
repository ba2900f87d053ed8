import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTlsFiles } from '../modules/tls-domains.ts';
import type { Transport } from './link.ts';
import type { Phone } from './phone.ts';
import { play, type Stage } from './player.ts';
import { domainOf, ofTsipsAlone, openPhone, type RunningProxy, startProxy } from './proxy.ts';

const script = fileURLToPath(new URL('../../../test/fixtures/residential/3.4.cfg', import.meta.url));
const files = await makeTlsFiles();

let proxy: RunningProxy;
let alice: Phone;
before(async () => {
  proxy = await startProxy({ text: readFileSync(script, 'latin1'), folder: files.folder });
  alice = await openPhone(proxy, { user: 'alice', transport: 'udp' });
});
after(async () => {
  await alice.close();
  await proxy.stop();
});

const registered = `
  bob -> proxy   REGISTER
  proxy -> bob   200`;

/** A stage with a new phone of bob's, registered. */
async function withBob(transport: Transport): Promise<Stage> {
  const bob = await openPhone(proxy, {
    user: 'bob',
    transport,
    authority: files.root.certificate,
    hidesAddress: transport !== 'tcp',
  });
  const stage = { phones: { alice, bob }, domain: domainOf(proxy), time: proxy.time };
  await play(registered, stage);
  return stage;
}

/** The same without bob, who is gone. */
async function pulled({ phones, ...rest }: Stage): Promise<Stage> {
  await phones.bob?.close();
  // What the proxy does about it is done when it has answered these.
  for (let times = 0; times < 5; times++) await alice.settle();
  return { ...rest, phones: { alice } };
}

for (const transport of ['tcp', 'ws', 'wss'] as const) {
  describe(`a phone over ${transport} whose connection goes`, { skip: ofTsipsAlone }, () => {
    test('it is not registered any more', async () => {
      const stage = await withBob(transport);
      await play(
        `
        alice -> proxy  INVITE sip:bob@{domain}
        proxy -> alice  404
        alice -> proxy  ACK`,
        await pulled(stage),
      );
    });

    test('while it rings: the caller is answered at once, no time goes by', async () => {
      const stage = await withBob(transport);
      const call = await startedCall(stage);
      await pulled(stage);
      const answer = await alice.receive('the final answer');
      assert.equal(answer.header('Call-ID'), call);
      assert.match(answer.kind, /^(?:408|430|476|477) INVITE$/);
      alice.ignore([call]);
    });

    test('in a call: the BYE of the other is answered, and nobody dials', async () => {
      const stage = await withBob(transport);
      const parties = await play(
        `
        alice -> bob    INVITE
        proxy -> alice  100
        bob -> alice    200
        alice -> bob    ACK`,
        stage,
      );
      await pulled(stage);
      const bye = parties('alice').request('BYE', { uri: '' }, {});
      alice.send(bye.text);
      const answer = await alice.receive('an answer to BYE');
      assert.match(answer.kind, /^(?:408|430|476|477|500|503) BYE$/);
    });
  });
}

/** A call that has rung; answers its Call-ID. */
async function startedCall(stage: Stage): Promise<string> {
  const parties = await play(
    `
    alice -> bob    INVITE
    proxy -> alice  100
    bob -> alice    180`,
    stage,
  );
  return parties('alice').sent('INVITE')?.header('Call-ID') ?? '';
}
