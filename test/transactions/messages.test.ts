import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Party } from '../calls/party.ts';
import { play } from '../calls/player.ts';
import { message, type SipText, tagOf } from '../calls/sip-text.ts';
import { openStage, type TransactionStage } from './stage.ts';

let stage: TransactionStage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const refused = `
  alice -> bob    INVITE
  proxy -> alice  100
  bob -> alice    486
  proxy -> bob    ACK
  alice -> proxy  ACK`;

/** The last message of a kind that a party received. */
function received(party: Party, kind: string): SipText {
  const found = party.received(kind);
  assert.ok(found, `no ${kind}`);
  return found;
}

const branchOf = (each: SipText) => /;branch=([^;]+)/.exec(each.header('Via') ?? '')?.[1] ?? '';

describe('messages that the proxy makes itself', () => {
  test('§17.1.1.3: an ACK to a negative answer has the fields of its INVITE and the To of the answer', async () => {
    const bob = (await play(refused, stage))('bob');
    const [invite, ack] = [received(bob, 'INVITE'), received(bob, 'ACK')];
    assert.equal(ack.requestUri, invite.requestUri);
    assert.deepEqual(ack.headers('Via'), [invite.header('Via')]);
    for (const name of ['Call-ID', 'From']) assert.equal(ack.header(name), invite.header(name));
    assert.equal(ack.header('To'), bob.sent('486 INVITE')?.header('To'));
    assert.equal(ack.header('CSeq'), invite.header('CSeq')?.replace('INVITE', 'ACK'));
  });

  test('§9.1: a CANCEL has the fields of its INVITE and one Via, that of its branch', async () => {
    const bob = (
      await play(
        `
        alice -> bob    INVITE
        proxy -> alice  100
        bob -> alice    180
        alice -> proxy  CANCEL
        proxy -> alice  200 CANCEL
        proxy -> bob    CANCEL
        bob -> proxy    200 CANCEL
        bob -> alice    487 INVITE
        proxy -> bob    ACK
        alice -> proxy  ACK`,
        stage,
      )
    )('bob');
    const [invite, cancel] = [received(bob, 'INVITE'), received(bob, 'CANCEL')];
    assert.equal(cancel.requestUri, invite.requestUri);
    assert.deepEqual(cancel.headers('Via'), [invite.header('Via')]);
    for (const name of ['Call-ID', 'From', 'To']) assert.equal(cancel.header(name), invite.header(name));
    assert.equal(cancel.header('CSeq'), invite.header('CSeq')?.replace('INVITE', 'CANCEL'));
  });

  test('§8.2.6.2: an answer of its own has a tag in To, the same each time that it is sent', async () => {
    const alice = (
      await play(
        `
        alice -> proxy  INVITE sip:nobody@{domain} with X-Answer: 404
        proxy -> alice  404
        alice -> proxy  INVITE again
        proxy -> alice  404 INVITE again
        alice -> proxy  ACK`,
        stage,
      )
    )('alice');
    assert.notEqual(tagOf(received(alice, '404 INVITE').header('To')), undefined);
  });
});

describe('messages that pass', () => {
  test('§16.6: each branch has a Via of its own with a branch of its own, Max-Forwards counts down', async () => {
    const parties = await play(
      `
      alice -> bob    INVITE with X-Branch: {carl.contact}
      proxy -> carl   INVITE
      proxy -> alice  100
      bob -> proxy    486 INVITE
      proxy -> bob    ACK
      carl -> alice   486 INVITE
      proxy -> carl   ACK
      alice -> proxy  ACK`,
      stage,
    );
    const [atBob, atCarl] = [received(parties('bob'), 'INVITE'), received(parties('carl'), 'INVITE')];
    const [own, bobs, carls] = [parties('alice').sent('INVITE'), branchOf(atBob), branchOf(atCarl)];
    assert.equal(new Set([own ? branchOf(own) : '', bobs, carls]).size, 3);
    for (const branch of [bobs, carls]) assert.match(branch, /^z9hG4bK/);
    assert.equal(atBob.headers('Via').length, 2);
    assert.equal(atBob.header('Max-Forwards'), '69');
  });

  test('§16.7: the Via of the proxy is gone from what goes back', async () => {
    const alice = (await play(refused, stage))('alice');
    assert.equal(received(alice, '486 INVITE').headers('Via').length, 1);
  });
});

/** An OPTIONS that alice sends and that names another port of hers. */
function optionsFrom(via: string, to: string): string {
  return message(`OPTIONS ${to} SIP/2.0`, [
    via,
    'Max-Forwards: 70',
    'From: <sip:alice@127.0.0.1>;tag=1',
    `To: <${to}>`,
    `Call-ID: port-${via.length}`,
    'CSeq: 1 OPTIONS',
    'X-Answer: 200',
  ]);
}

describe('where answers go', () => {
  const portOf = (phone: string) => Number(/:(\d+);/.exec(stage.phones[phone]?.contact ?? '')?.[1]);

  test('RFC 3581 §4: with rport to the port that the request came from, and Via tells it', async () => {
    const { alice } = stage.phones;
    assert.ok(alice);
    const sentBy = `127.0.0.1:${portOf('carl')}`;
    alice.send(optionsFrom(`Via: SIP/2.0/UDP ${sentBy};rport;branch=z9hG4bKrport1`, `sip:x@${stage.domain}`));
    const answer = await alice.receive('the answer');
    assert.equal(answer.kind, '200 OPTIONS');
    const via = answer.header('Via') ?? '';
    assert.match(via, new RegExp(`;rport=${portOf('alice')}(;|$)`));
    assert.match(via, /;received=127\.0\.0\.1(;|$)/);
  });

  test('§18.2.2: without rport to the port that Via names', async () => {
    const { alice, carl } = stage.phones;
    assert.ok(alice && carl);
    const sentBy = `127.0.0.1:${portOf('carl')}`;
    alice.send(optionsFrom(`Via: SIP/2.0/UDP ${sentBy};branch=z9hG4bKsentby1`, `sip:x@${stage.domain}`));
    assert.equal((await carl.receive('the answer')).kind, '200 OPTIONS');
    await alice.settle();
    assert.deepEqual(alice.unread, []);
  });

  test('§18.2.2: over TCP by the connection that the request came by', async () => {
    const { tina } = stage.phones;
    assert.ok(tina);
    tina.send(optionsFrom('Via: SIP/2.0/TCP 127.0.0.1:1;branch=z9hG4bKstream1', `sip:x@${stage.domain}`));
    assert.equal((await tina.receive('the answer')).kind, '200 OPTIONS');
  });
});
