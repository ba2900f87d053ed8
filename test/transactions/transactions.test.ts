import { after, before, describe, test } from 'node:test';
import { play } from '../calls/player.ts';
import { ofTsipsAlone } from '../calls/proxy.ts';
import { acceptedRules } from './accepted-rules.ts';
import { clientRules } from './client-rules.ts';
import { proxyRules } from './proxy-rules.ts';
import type { Rule } from './rule.ts';
import { serverRules } from './server-rules.ts';
import { openStage, type TransactionStage } from './stage.ts';

const chapters: Readonly<Record<string, readonly Rule[]>> = {
  'the client side': clientRules,
  'the server side': serverRules,
  'the proxy between both': proxyRules,
  'RFC 6026': acceptedRules,
};

let stage: TransactionStage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

for (const [chapter, rules] of Object.entries(chapters)) {
  describe(chapter, () => {
    for (const { name, ladder, opensips } of rules) {
      const skip = opensips !== undefined && ofTsipsAlone;
      test(name, { skip }, async () => void (await play(ladder, stage)));
    }
  });
}
