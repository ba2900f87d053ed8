/** Every script of the measured files writes what OpenSIPS 3.6.8 wrote, but for the rows listed with their reason. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { departures } from './departures.ts';
import { linesOf, measuredMessage, measuredRoutes, readMeasured } from './measured-files.ts';
import { cachedbLocal, script } from './support.ts';

const files = [
  'measured.json',
  'measured-branches.json',
  'measured-blacklists.json',
  'measured-sdp.json',
  'measured-eval.json',
  'measured-cache.json',
  'measured-events.json',
  'measured-rest.json',
];

for (const name of files) runMeasured(name);

function runMeasured(name: string): void {
  const measured = readMeasured(name);
  const config = [...(measured.config ?? []), measuredRoutes(measured)].join('\n');
  const compiled = script(config, { globals: { max_while_loops: 50 }, ...cachedbLocal() });

  test(`the scripts of ${name} compile without a problem`, () => {
    assert.deepEqual(
      compiled.routes.problems.map(
        ({ message: what, span }) => `${what}: ${config.slice(span.start, span.end)}`,
      ),
      [],
    );
  });

  for (const [index, row] of measured.rows.entries()) {
    test(`${row.rule}: ${row.script}`, async () => {
      const departure = departures[row.rule];
      compiled.lines.length = 0;
      const answer = compiled.runWith(measuredMessage(measured, index));
      assert.equal(typeof answer, 'number', 'a run that does not wait answers at once');
      if (measured.later) await pause(5);
      const lines = compiled.lines.flatMap(linesOf);
      if (departure) {
        assert.notDeepEqual(lines, row.lines.flatMap(linesOf), 'no departure any more');
        assert.deepEqual(lines, departure.lines, departure.reason);
      } else assert.deepEqual(lines, row.lines.flatMap(linesOf));
    });
  }
}
