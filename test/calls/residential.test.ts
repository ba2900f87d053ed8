import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTlsFiles, type TlsFiles } from '../modules/tls-domains.ts';
import { flows, forks, unanswered } from './flows.ts';
import type { Transport } from './link.ts';
import type { Phone } from './phone.ts';
import { play } from './player.ts';
import { domainOf, ofTsipsAlone, openPhone, type Proxy, startProxy } from './proxy.ts';
import { stockScripts, withListeners } from './stock.ts';

const folder = fileURLToPath(new URL('../../../test/fixtures/residential/', import.meta.url));

interface Pair {
  readonly alice: Transport;
  readonly bob: Transport;
  readonly tablet: Transport;
}

const pairs: readonly Pair[] = [
  { alice: 'udp', bob: 'udp', tablet: 'udp' },
  { alice: 'udp', bob: 'ws', tablet: 'udp' },
  { alice: 'ws', bob: 'udp', tablet: 'tcp' },
  { alice: 'tcp', bob: 'ws', tablet: 'ws' },
  { alice: 'wss', bob: 'tcp', tablet: 'ws' },
  { alice: 'ws', bob: 'wss', tablet: 'udp' },
];

/** Phones of one pair; browsers hide their address where the script brings one back. */
async function openPhones(
  proxy: Proxy,
  pair: Pair,
  { authority, hidesAddress }: { readonly authority?: string; readonly hidesAddress: boolean },
): Promise<Readonly<Record<string, Phone>>> {
  const open = (user: string, transport: Transport) =>
    openPhone(proxy, {
      user,
      transport,
      ...(transport === 'wss' && authority !== undefined ? { authority } : {}),
      hidesAddress: hidesAddress && transport.startsWith('ws'),
    });
  return {
    alice: await open('alice', pair.alice),
    bob: await open('bob', pair.bob),
    tablet: await open('bob', pair.tablet),
  };
}

const registered = `
  alice -> proxy REGISTER
  proxy -> alice 200
  bob -> proxy   REGISTER
  proxy -> bob   200`;

const leave = `
  alice -> proxy REGISTER with Expires: 0
  proxy -> alice 200
  bob -> proxy   REGISTER with Expires: 0
  proxy -> bob   200`;

interface Script {
  readonly text: string;
  readonly folder: string;
  readonly authority?: string;
  readonly hidesAddress: boolean;
  readonly pairs: readonly Pair[];
}

/** Starts a script and plays all flows between each pair of phones. */
function describeScript(name: string, script: () => Script, pairsOf: readonly Pair[]): void {
  describe(name, () => {
    let proxy: Proxy;
    before(async () => {
      proxy = await startProxy(script());
    });
    after(() => proxy.stop());
    for (const pair of pairsOf) {
      describe(`${pair.alice} calls ${pair.bob}`, () => {
        let phones: Readonly<Record<string, Phone>> = {};
        const stage = () => ({ phones, domain: domainOf(proxy), time: proxy.time });
        before(async () => {
          phones = await openPhones(proxy, pair, script());
          await play(registered, stage());
        });
        after(async () => {
          await play(leave, stage());
          for (const phone of Object.values(phones)) await phone.close();
        });
        const timed = pair.bob === 'udp' ? unanswered : {};
        for (const [flow, ladder] of Object.entries({ ...flows, ...forks, ...timed })) {
          test(flow, () => play(ladder, stage()));
        }
      });
    }
  });
}

let files: TlsFiles;
before(async () => {
  files = await makeTlsFiles();
});

for (const version of ['2.2', '2.4', '3.1', '3.4', '4.0']) {
  const text = readFileSync(`${folder}${version}.cfg`, 'latin1');
  describeScript(
    `residential ${version}`,
    () => ({ text, folder: files.folder, authority: files.root.certificate, hidesAddress: true, pairs }),
    pairs,
  );
}

const stock = stockScripts();
if (typeof stock === 'string') test('the stock scripts', { skip: stock }, () => undefined);
else {
  for (const script of stock) {
    describeScript(
      `stock ${script.name}`,
      () => ({ text: script.text, folder: files.folder, hidesAddress: false, pairs }),
      [pairs[0] as Pair],
    );
    describeScript(
      `stock ${script.name}, with tcp and ws`,
      () => ({ text: withListeners(script), folder: files.folder, hidesAddress: false, pairs }),
      pairs.slice(0, 4),
    );
  }
}
