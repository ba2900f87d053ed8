import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { exampleFolder } from '../example-folder.ts';
import {
  type Client,
  type ClientPages,
  type Kind,
  openChromium,
  openClientPages,
  withoutChromium,
} from './browser.ts';
import { type ServedExample, serveExample } from './served-example.ts';

interface Who {
  readonly kind: Kind;
  readonly protocol: 'ws' | 'wss';
}

const jssip = (protocol: Who['protocol']): Who => ({ kind: 'JsSIP', protocol });
const sipjs = (protocol: Who['protocol']): Who => ({ kind: 'SIP.js', protocol });

const folder = exampleFolder();

describe('two pages of Chromium through the shipped example', { skip: withoutChromium }, () => {
  let example: ServedExample;
  let browser: Browser;
  let pages: ClientPages;

  before(async () => {
    example = await serveExample(folder);
    browser = await openChromium(example.trusted);
    pages = await openClientPages(browser);
  });
  after(async () => {
    await pages?.close();
    await browser?.close();
    await example?.stop();
  });

  const open = ({ kind, protocol }: Who, user: string) =>
    pages.open(kind, { url: example.url(protocol), user, domain: '127.0.0.1' });

  for (const [one, other] of [
    [jssip('ws'), jssip('ws')],
    [sipjs('wss'), sipjs('wss')],
    [jssip('ws'), sipjs('wss')],
    [sipjs('ws'), jssip('wss')],
  ] as const) {
    const name = ({ kind, protocol }: Who) => `${kind} over ${protocol}`;
    describe(`${name(one)} and ${name(other)}`, () => {
      let alice: Client;
      let bob: Client;

      before(async () => {
        [alice, bob] = await Promise.all([open(one, 'alice'), open(other, 'bob')]);
      });
      after(() => Promise.all([alice?.close(), bob?.close()]));

      test('REGISTER, and again (RFC 3261 §10.2.4)', async () => {
        for (const client of [alice, bob, alice, bob]) assert.equal(await client.do('register'), 200);
      });

      test('OPTIONS both ways', async () => {
        assert.equal(await alice.do('options', 'bob'), 200);
        assert.equal(await bob.do('options', 'alice'), 200);
      });

      test('MESSAGE both ways: UTF-8, 9 kB', async () => {
        const long = 'ß€😀 '.repeat(900);
        for (const [from, to, text] of [
          [alice, bob, 'grüß dich 😀'],
          [bob, alice, '你好'],
          [alice, bob, long],
          [bob, alice, long],
        ] as const) {
          assert.equal(await from.do('message', to.user, text), 200);
          assert.equal(await to.until('message'), `message ${from.user} ${text}`);
        }
      });

      test('INVITE, 180, 200, ACK; hold by re-INVITE; INFO both ways; BYE from the callee', async () => {
        await call(alice, bob);
        await alice.do('hold');
        await bob.until('held');
        await alice.do('resume');
        await bob.until('resumed');
        await bob.do('hold');
        await alice.until('held');
        await bob.do('resume');
        await alice.until('resumed');
        await alice.do('info', 'one');
        assert.equal(await bob.until('info'), 'info one');
        await bob.do('info', 'two');
        assert.equal(await alice.until('info'), 'info two');
        await bob.do('hangUp');
        await Promise.all([alice.until('ended'), bob.until('ended')]);
      });

      test('the same the other way; BYE from the caller', async () => {
        await call(bob, alice);
        await bob.do('hangUp');
        await Promise.all([alice.until('ended'), bob.until('ended')]);
      });

      test('CANCEL: 487 to the caller (RFC 3261 §9.2)', async () => {
        await ring(alice, bob);
        await alice.do('cancel');
        await Promise.all([alice.until('failed'), bob.until('failed')]);
      });

      test('486 from the callee', async () => {
        await ring(bob, alice);
        await alice.do('reject', 486);
        await bob.until('failed 486');
      });

      test('404 for somebody who is not there', async () => {
        await alice.do('call', 'nobody');
        await alice.until('failed 404');
      });

      test('un-REGISTER: nobody is there afterwards', async () => {
        assert.equal(await bob.do('unregister'), 200);
        assert.equal(await alice.do('message', 'bob', 'hello'), 404);
      });
    });
  }

  test('a tab that is closed in mid-call is gone at once: the BYE to it fails, and nobody finds it', async () => {
    const [alice, bob] = await Promise.all([open(jssip('ws'), 'alice'), open(sipjs('wss'), 'bob')]);
    for (const client of [alice, bob]) assert.equal(await client.do('register'), 200);
    await call(alice, bob);
    await bob.close();
    await alice.do('hangUp');
    await alice.until('ended');
    // 477 while the close of the WebSocket goes to and fro.
    let answer = 477;
    while (answer === 477) answer = Number(await alice.do('message', 'bob', 'hello'));
    assert.equal(answer, 404);
    await alice.close();
  });

  test('a host that was restarted: both connect again, register and speak', async () => {
    const [alice, bob] = await Promise.all([open(jssip('wss'), 'alice'), open(sipjs('ws'), 'bob')]);
    for (const client of [alice, bob]) assert.equal(await client.do('register'), 200);
    await example.restart();
    for (const client of [alice, bob]) {
      await client.until('connected');
      assert.equal(await client.do('register'), 200);
    }
    await call(bob, alice);
    await alice.do('hangUp');
    await Promise.all([alice.until('ended'), bob.until('ended')]);
    await Promise.all([alice.close(), bob.close()]);
  });
});

async function ring(caller: Client, callee: Client): Promise<void> {
  await caller.do('call', callee.user);
  assert.equal(await callee.until('called'), `called by ${caller.user}`);
  await caller.until('ringing');
}

async function call(caller: Client, callee: Client): Promise<void> {
  await ring(caller, callee);
  await callee.do('answer');
  await Promise.all([caller.until('confirmed'), callee.until('confirmed')]);
}
