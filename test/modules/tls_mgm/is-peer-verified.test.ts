import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIsPeerVerified } from '../../../modules/tls_mgm/is-peer-verified.ts';
import type { TlsFacts } from '../../../modules/tls_mgm/tls-facts.ts';
import { createPki, selfSigned } from '../../pki/index.ts';
import { recorder } from '../../runtime/loggers.ts';
import { requestText, runOf } from '../module-tools.ts';
import { connectionFacts } from './tls-connection.ts';

const { root } = await createPki();
const server = { leaf: await root.issue(), ca: [root.certificate] };
const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') };

async function factsWith(leaf?: Awaited<ReturnType<typeof selfSigned>>): Promise<TlsFacts> {
  return (await connectionFacts({ server, ...(leaf && { client: { leaf } }) })).server;
}

const rows: readonly {
  readonly what: string;
  readonly facts: () => Promise<TlsFacts | undefined>;
  readonly answer: boolean;
  readonly line?: string;
}[] = [
  { what: 'a verified peer', facts: async () => factsWith(await root.issue()), answer: true },
  {
    what: 'an expired one',
    facts: async () => factsWith(await root.issue(past)),
    answer: false,
    line: 'INFO:is_peer_verified: the peer 127.0.0.1:5060 is not verified: CERT_HAS_EXPIRED',
  },
  {
    what: 'one that signed for itself',
    facts: async () => factsWith(await selfSigned()),
    answer: false,
    line: 'INFO:is_peer_verified: the peer 127.0.0.1:5060 is not verified: DEPTH_ZERO_SELF_SIGNED_CERT',
  },
  {
    what: 'one without a certificate',
    facts: () => factsWith(),
    answer: false,
    line: 'INFO:is_peer_verified: the peer 127.0.0.1:5060 is not verified: it has shown no certificate',
  },
  {
    what: 'no TLS',
    facts: async () => undefined,
    answer: false,
    line: 'ERROR:get_ssl: the message came over ws, which has no TLS',
  },
];
for (const { what, facts, answer, line } of rows)
  test(`is_peer_verified() of ${what} is ${answer}, and the log says why not`, async () => {
    const found = await facts();
    const lines: string[] = [];
    const isPeerVerified = createIsPeerVerified(() => found, recorder(lines));
    assert.equal(isPeerVerified(runOf(requestText())), answer);
    assert.deepEqual(lines, line === undefined ? [] : [line]);
  });
