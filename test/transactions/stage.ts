import { tmpdir } from 'node:os';
import type { Stage } from '../calls/player.ts';
import { domainOf, openPhone, startProxy } from '../calls/proxy.ts';
import { transactionScript } from './script.ts';

/** A proxy for transactions, alice, bob and carl over UDP, tina and tom over TCP. */
export interface TransactionStage extends Stage {
  close(): Promise<void>;
}

export async function openStage(): Promise<TransactionStage> {
  const proxy = await startProxy({ text: transactionScript, folder: tmpdir() });
  const udp = (user: string) => openPhone(proxy, { user, transport: 'udp' });
  const tcp = (user: string) => openPhone(proxy, { user, transport: 'tcp' });
  const phones = {
    alice: await udp('alice'),
    bob: await udp('bob'),
    carl: await udp('carl'),
    tina: await tcp('tina'),
    tom: await tcp('tom'),
  };
  return {
    phones,
    domain: domainOf(proxy),
    time: proxy.time,
    callsContacts: true,
    async close() {
      for (const phone of Object.values(phones)) await phone.close();
      await proxy.stop();
    },
  };
}
