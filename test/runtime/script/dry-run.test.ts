/** `tsips run-route` runs the scripts of the measured files: it tells the lines that OpenSIPS 3.6.8 wrote for them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkConfig } from '../../../runtime/check-config.ts';
import { type DryRun, dryRun } from '../../../runtime/dry-run.ts';
import { systemNetwork } from '../../../runtime/net/system-network.ts';
import { departures } from './departures.ts';
import { linesOf, type Measured, measuredMessage, measuredRoutes, readMeasured } from './measured-files.ts';

/** Those of the cache and of events need what outlives a run; they are in `measured.test.ts` alone. */
const files = [
  'measured.json',
  'measured-branches.json',
  'measured-blacklists.json',
  'measured-sdp.json',
  'measured-eval.json',
  'measured-rest.json',
];

/** A message out of a file has no sender: run-route says that it came from port 5060. */
const withoutSender: Readonly<Record<string, readonly string[]>> = {
  'where it came from': ['127.0.0.1|127.0.0.1|5060'],
};

/** Each run starts its config anew, so a config has only some of the scripts. */
const scriptsPerConfig = 40;

for (const name of files) {
  const whole = readMeasured(name);
  for (let from = 0; from < whole.rows.length; from += scriptsPerConfig) {
    runThem({ ...whole, rows: whole.rows.slice(from, from + scriptsPerConfig) });
  }
}

function runThem(measured: Measured): void {
  const config = [
    'socket=udp:127.0.0.1:17650',
    'loadmodule "proto_udp.so"',
    'max_while_loops=50',
    ...(measured.config ?? []),
    measuredRoutes(measured),
  ].join('\n');
  const checking = checkConfig({ config, name: 'test.cfg' });
  for (const [index, { rule, script, lines }] of measured.rows.entries()) {
    test(`run-route: ${rule}: ${script}`, async () => {
      const run = await dryRun({
        checked: await checking,
        message: measuredMessage(measured, index),
        route: undefined,
        network: systemNetwork,
        argv: new Map(),
      });
      const expected = withoutSender[rule] ?? departures[rule]?.lines ?? lines;
      assert.deepEqual(written(run), expected.flatMap(linesOf));
    });
  }
}

/** What the script wrote itself; the host's own words about mistakes have their rows in `mistakes.test.ts`. */
function written({ steps }: DryRun): string[] {
  return steps.flatMap((step) =>
    step.kind === 'log' && !/^core:\w+: /.test(step.text) ? linesOf(step.text) : [],
  );
}
