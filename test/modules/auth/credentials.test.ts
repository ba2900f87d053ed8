/** What pv_www_authorize says to credentials of all kinds is what OpenSIPS 3.6 says, but for the departures. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { challengesOf } from './digest-client.ts';
import { UdpExchange } from './exchange.ts';
import {
  authorizationOf,
  type CredentialsRow,
  type Outcome,
  outcomeOf,
  requestOf,
  rows,
  script,
} from './rows.ts';

const measured: { readonly outcomes: Readonly<Record<string, Outcome>> } = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../../test/modules/auth/measured.json', import.meta.url)),
    'utf8',
  ),
);

const allAreRead =
  'all Authorization headers are read; OpenSIPS ends with the first where all headers were parsed before';
const departures: Readonly<Record<string, Outcome & { readonly reason: string }>> = {
  'Basic, then right': { status: 299, rc: 1, reason: allAreRead },
  'another realm, then right': { status: 299, rc: 1, reason: allAreRead },
  'an unknown algorithm, then right': { status: 299, rc: 1, reason: allAreRead },
};

describe('credentials (RFC 3261 §22.1, RFC 7616 §3.4)', () => {
  let host: Host;
  let client: UdpExchange;
  let log: CollectedLog;

  before(async () => {
    log = collectLog();
    const config = `socket=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\n${script}`;
    host = await hostOf(config, { version: '3.6', log: log.log });
    await host.start();
    client = await UdpExchange.with(host);
  });
  after(async () => {
    client.close();
    await host.stop();
  });

  async function outcome(row: CredentialsRow, index: number): Promise<Outcome> {
    const challenges = challengesOf(
      await client.ask(requestOf({ rule: '' }, client.port, [`X-Do: ${row.to ?? 'auth'}`])),
    );
    const wanted = (row.known?.algorithm ?? 'MD5').toLowerCase();
    const challenge =
      challenges.find((each) => each.get('algorithm')?.toLowerCase() === wanted) ?? challenges[0];
    const lines = [`X-Row: ${index}`, ...authorizationOf(row, challenge ?? new Map())];
    const request = requestOf(row, client.port, lines);
    if (row.method !== 'ACK') return outcomeOf(await client.ask(request));
    client.send(request);
    return { rc: await loggedCode(index) } as Outcome;
  }

  /** An ACK has no reply. */
  async function loggedCode(index: number): Promise<number> {
    for (;;) {
      const line = log.lines
        .map((each) => /\[(\d+)\] (-?\d+)$/.exec(each))
        .find((each) => each?.[1] === `${index}`);
      if (line) return Number(line[2]);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  for (const [index, row] of rows.entries()) {
    test(row.rule, { timeout: 60_000 }, async () => {
      const theirs = measured.outcomes[row.rule];
      const departure = departures[row.rule];
      const ours = await outcome(row, index);
      if (!departure) {
        assert.deepEqual(ours, theirs);
        return;
      }
      const { reason, ...wanted } = departure;
      assert.notDeepEqual(ours, theirs, 'no departure any more');
      assert.deepEqual(ours, wanted, reason);
    });
  }
});
