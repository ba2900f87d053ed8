import { after, before, describe, test } from 'node:test';
import { flows, forks, unanswered } from './flows.ts';
import type { Transport } from './link.ts';
import type { Phone } from './phone.ts';
import { play, type Stage } from './player.ts';
import {
  domainOf,
  openPhone,
  type ProxyConfig,
  type RunningProxy,
  startProxy,
  whyNotStarted,
} from './proxy.ts';

/** By which way each phone comes; tablet is bob's second one. */
export interface Pair {
  readonly alice: Transport;
  readonly bob: Transport;
  readonly tablet: Transport;
}

export interface ScriptOfPhones extends ProxyConfig {
  /** Whom wss phones trust, as PEM. */
  readonly authority?: string;
  /** Phones over ws and wss name no host that exists, because the script finds the way back to them. */
  readonly hidesAddress: boolean;
}

const register = `
  alice -> proxy REGISTER
  proxy -> alice 200
  bob -> proxy   REGISTER
  proxy -> bob   200`;

const leave = `
  alice -> proxy REGISTER with Expires: 0
  proxy -> alice 200
  bob -> proxy   REGISTER with Expires: 0
  proxy -> bob   200`;

/** Starts a script and plays all call flows between each pair of phones. */
export function describeScript(name: string, script: ScriptOfPhones, pairs: readonly Pair[]): void {
  describe(name, { skip: whyNotStarted(script) }, () => {
    let proxy: RunningProxy;
    before(async () => {
      proxy = await startProxy(script);
    });
    after(() => proxy.stop());
    for (const pair of pairs) describePair(pair, () => ({ proxy, script }));
  });
}

function describePair(pair: Pair, started: () => { proxy: RunningProxy; script: ScriptOfPhones }): void {
  describe(`${pair.alice} calls ${pair.bob}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await stageOf(pair, started());
      await play(register, stage);
    });
    after(async () => {
      // An open phone keeps the process from its end, also where a call has failed.
      try {
        await play(leave, stage);
      } finally {
        for (const phone of Object.values(stage.phones)) await phone.close();
      }
    });
    const retransmitted = pair.bob === 'udp' ? unanswered : {};
    for (const [flow, ladder] of Object.entries({ ...flows, ...forks, ...retransmitted })) {
      test(flow, async () => void (await play(ladder, stage)));
    }
  });
}

async function stageOf(
  pair: Pair,
  { proxy, script }: { readonly proxy: RunningProxy; readonly script: ScriptOfPhones },
): Promise<Stage> {
  const open = (user: string, transport: Transport): Promise<Phone> =>
    openPhone(proxy, {
      user,
      transport,
      ...(script.authority === undefined ? {} : { authority: script.authority }),
      hidesAddress: script.hidesAddress && /^wss?$/.test(transport),
    });
  return {
    phones: {
      alice: await open('alice', pair.alice),
      bob: await open('bob', pair.bob),
      tablet: await open('bob', pair.tablet),
    },
    domain: domainOf(proxy),
    time: proxy.time,
  };
}
