/** What OpenSIPS 3.6 and 2.4 write for each flow of requests and replies, and for each function of the module. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';
import { Phones } from './phones.ts';

interface MeasuredFlow {
  readonly user: string;
  readonly flow: readonly string[];
  /** Of the script and of the module; times are `<now>`, the Call-ID is `c`. */
  readonly lines: readonly string[];
}

interface Measured {
  readonly about: string;
  readonly version: string;
  readonly params: readonly string[];
  readonly script: readonly string[];
  readonly flows: readonly MeasuredFlow[];
}

const files: readonly Measured[] = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../../test/modules/acc/measured.json', import.meta.url)), 'utf8'),
);

const modules = ['proto_udp', 'tm', 'sl', 'rr', 'sipmsgops', 'acc'];

/** What goes wrong when a variable is set is told by the core here, with the module's words. */
const isShown = (line: string) => !line.startsWith('acc pv_set_acc_leg: ');

/** Callers of 2.x have the number of arguments in their name; collected lines have no blanks at their end. */
const asHere = (line: string) => line.trimEnd().replace(/^(acc w_[a-z_]+)_\d:/, '$1:');

/** Event routes run later, in any order to other lines. */
function eventsLast(lines: readonly string[]): readonly string[] {
  const isEvent = (line: string) => /^xlog : (?:EVENT|MISSED) /.test(line);
  return [...lines.filter((line) => !isEvent(line)), ...lines.filter(isEvent)];
}

const timesOf = (version: string) => (line: string) =>
  version === '3.6' ? line : line.replace('created=0;setuptime=<now>;', '');

/** By user. */
const departures: Readonly<Record<string, readonly string[]>> = {
  // Deviation: all accounting dropped and asked for again writes one record, not two of the same.
  'log.drop1.agn': [
    'xlog : DROP1 1',
    'xlog : ACC: transaction answered: timestamp=<now>;created=0;setuptime=<now>;method=INVITE;from_tag=alice-c;to_tag=bob-c;call_id=c;code=200;reason=Fine',
  ],
};

for (const { about, version, params, script, flows } of files) {
  describe(about, () => {
    const clock = new VirtualClock();
    let phones: Phones;
    let log: CollectedLog;
    let host: Host;

    before(async () => {
      phones = await Phones.open();
      log = collectLog();
      const loaded = [...modules, ...(version === '2.4' ? ['event_route', 'uri'] : [])];
      const config = [
        'socket=udp:127.0.0.1:5060',
        ...loaded.map((name) => `loadmodule "${name}.so"`),
        'modparam("tm", "fr_timeout", 2)',
        'modparam("tm", "fr_inv_timeout", 3)',
        'modparam("tm", "auto_100trying", 0)',
        ...params,
        ...script.map((line) => line.replaceAll('$(port)', String(phones.callee.port))),
        '',
      ].join('\n');
      host = await hostOf(config, { version, log: log.log, clock });
      await host.start();
    });
    after(async () => {
      await host.stop();
      phones.close();
    });

    for (const [index, { user, flow, lines }] of flows.entries()) {
      test(`${user}: ${flow.join(', ')}`, async () => {
        const callId = `call-${index}-`;
        const from = log.lines.length;
        const written = () =>
          log.lines
            .slice(from)
            .filter((line) => /^(?:xlog|acc) /.test(line))
            .map((line) => line.replaceAll(callId, 'c').replace(/\b1\d{9}\b/g, '<now>'));
        await phones.play({ user, callId, steps: flow }, host.listeners[0]?.port ?? 0, () =>
          clock.advance(4000),
        );
        const expected = departures[user] ?? lines.filter(isShown).map(asHere);
        for (let turns = 0; turns < 2000 && written().length < expected.length; turns++)
          await clock.advance(0);
        assert.deepEqual(eventsLast(written()), eventsLast(expected).map(timesOf(version)));
      });
    }
  });
}
