/**
 * The scripts of `measured.json` send, write and count here what they did in OpenSIPS 3.6.8, those of
 * `measured-2.4.json` what they did in 2.4: real sockets, a virtual
 * clock. Rows that go another way on purpose are listed in `departures.ts` with their reason.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../../runtime/index.ts';
import { departures } from './departures.ts';
import { actionOf, play } from './play.ts';
import type { Group, Measured, Row } from './scenario.ts';
import { closeStage, openStage, type Stage, targetOf } from './stage.ts';

function read(name: string): Measured {
  const file = fileURLToPath(new URL(`../../../../test/modules/tm/${name}`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8'));
}

for (const file of ['measured.json', 'measured-2.4.json']) {
  const measured = read(file);
  for (const group of measured.groups) testGroup(measured, group);
}

function testGroup(measured: Measured, group: Group): void {
  describe(`tm as measured: ${group.name}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await openStage(measured, group);
    });
    after(async () => {
      await closeStage(stage);
    });
    for (const [index, row] of group.rows.entries()) {
      test(`${row.rule}: ${row.script}`, { timeout: 20_000 }, async () => {
        const wanted = wantedOf(group, row);
        const departure = departures[`${group.name}: ${row.rule}`];
        const before = countsOf(stage.host);
        const steps = await play(wanted, index, stage.peers, targetOf(stage), stage.places);
        assert.deepEqual(steps, wanted.steps, departure?.reason);
        if (departure) assert.notDeepEqual(steps, row.steps, 'no departure any more');
        if (row.statistics) assert.deepEqual(grownSince(before, stage.host), row.statistics);
      });
    }
  });
}

const countsOf = ({ statistics }: Host) =>
  statistics.entries().filter(([name]) => name.startsWith('tm:') && name !== 'tm:inuse_transactions');

function grownSince(before: readonly [string, number][], host: Host): Readonly<Record<string, number>> {
  const old = new Map(before);
  return Object.fromEntries(
    countsOf(host)
      .map(([name, value]) => [name.slice('tm:'.length), value - (old.get(name) ?? 0)] as const)
      .filter(([, growth]) => growth !== 0),
  );
}

/** The row as it is to be here. */
function wantedOf(group: Group, row: Row): Row {
  const departure = departures[`${group.name}: ${row.rule}`];
  if (!departure) return row;
  const steps = row.steps.map((step, index) => {
    const other = departure.steps[index];
    return other ? { ...actionOf(step), ...other } : step;
  });
  return { ...row, steps };
}
