/** Flows of a module's `measured.json`, played between a caller and a callee: a host writes what OpenSIPS did. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../runtime/host/host-tools.ts';
import { VirtualClock } from '../runtime/virtual-clock.ts';
import { Phones } from './udp-phones.ts';

interface MeasuredFlow {
  readonly user: string;
  readonly flow: readonly string[];
  /** Of the script and of the modules; the Call-ID is `c`. */
  readonly lines: readonly string[];
}

interface Measured {
  readonly about: string;
  readonly version: string;
  readonly params: readonly string[];
  readonly script: readonly string[];
  readonly flows: readonly MeasuredFlow[];
}

interface FlowOptions {
  /** The modules that are loaded, for the version of the file. */
  readonly modules: (version: string) => readonly string[];
  /** Lines that count. */
  readonly shown: RegExp;
  /** A line without what is new each time; of both sides. */
  readonly plain: (line: string) => string;
  /** Of lines that events write, which come in any order to the others. */
  readonly event: RegExp;
  /** What is written here instead, by user; undefined for what is as measured. */
  readonly departure?: (user: string, lines: readonly string[], version: string) => readonly string[];
}

/** Registers the tests. */
export function measuredFlows(name: string, options: FlowOptions): void {
  const path = fileURLToPath(new URL(`../../../test/modules/${name}/measured.json`, import.meta.url));
  const files: readonly Measured[] = JSON.parse(readFileSync(path, 'utf8'));
  for (const file of files) describe(file.about, () => flowsOf(file, options));
}

function flowsOf({ version, params, script, flows }: Measured, options: FlowOptions): void {
  const { shown, plain, event, departure = (_user, lines) => lines } = options;
  const clock = new VirtualClock();
  let phones: Phones;
  let log: CollectedLog;
  let host: Host;

  before(async () => {
    phones = await Phones.open();
    log = collectLog();
    const config = [
      'socket=udp:127.0.0.1:5060',
      ...options.modules(version).map((module) => `loadmodule "${module}.so"`),
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

  const eventsLast = (lines: readonly string[]) => [
    ...lines.filter((line) => !event.test(line)),
    ...lines.filter((line) => event.test(line)),
  ];

  for (const [index, { user, flow, lines }] of flows.entries()) {
    test(`${user}: ${flow.join(', ')}`, async () => {
      const callId = `call-${index}-`;
      const from = log.lines.length;
      const written = () =>
        log.lines
          .slice(from)
          .filter((line) => shown.test(line))
          .map((line) => plain(line.replaceAll(callId, 'c')));
      await phones.play({ user, callId, steps: flow }, host.listeners[0]?.port ?? 0, () =>
        clock.advance(4000),
      );
      const measured = lines.filter((line) => shown.test(line)).map((line) => plain(line.trimEnd()));
      const expected = departure(user, measured, version);
      for (let turns = 0; turns < 2000 && written().length < expected.length; turns++) await clock.advance(0);
      assert.deepEqual(eventsLast(written()), eventsLast(expected));
    });
  }
}
