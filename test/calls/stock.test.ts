import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { describeScript, type Pair } from './script-flows.ts';
import { stockScripts, withListeners } from './stock.ts';

const pairs: readonly Pair[] = [{ alice: 'tcp', bob: 'ws', tablet: 'udp' }];

const stock = stockScripts();
if (typeof stock === 'string') test('the stock scripts', { skip: stock }, () => undefined);
else {
  for (const script of stock) {
    // Its phones over ws are browsers, whose addresses nobody knows.
    const of = (text: string) => ({ text, folder: tmpdir(), hidesAddress: true });
    describeScript(`${script.name} as it is`, of(script.text), [{ alice: 'udp', bob: 'udp', tablet: 'udp' }]);
    describeScript(`${script.name} with sockets of tcp and ws`, of(withListeners(script)), pairs);
  }
}
