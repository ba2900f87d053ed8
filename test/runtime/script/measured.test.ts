/** Every script of the measured files writes what OpenSIPS 3.6.8 wrote, but for the rows listed with their reason. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { departures } from './departures.ts';
import { cachedbLocal, script } from './support.ts';

interface Row {
  readonly rule: string;
  readonly script: string;
  readonly lines: readonly string[];
}

interface Measured {
  /** Routes go on writing when the script is done. */
  readonly later?: boolean;
  /** Global lines in front of the routes. */
  readonly config?: readonly string[];
  readonly helpers: readonly string[];
  readonly message: readonly string[];
  readonly rows: readonly Row[];
}

function readMeasured(name: string): Measured {
  for (const place of [name, `../../../../test/runtime/script/${name}`]) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  throw new Error(`${name} is nowhere`);
}

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
  const { config: before = [], later, helpers, message, rows } = readMeasured(name);
  const config = [
    ...before,
    'route { $var(name) = 1; route("row$hdr(X-Row)"); }',
    ...helpers,
    ...rows.map((row, index) => `route[row${index}] { $var(name) = 1; ${row.script} }`),
  ].join('\n');
  const compiled = script(config, { globals: { max_while_loops: 50 }, ...cachedbLocal() });
  const messageFor = (row: number) =>
    message.map((line) => (line.startsWith('X-Row:') ? `X-Row: ${row}` : line)).join('\r\n');

  test(`the scripts of ${name} compile without a problem`, () => {
    assert.deepEqual(
      compiled.routes.problems.map(
        ({ message: what, span }) => `${what}: ${config.slice(span.start, span.end)}`,
      ),
      [],
    );
  });

  for (const [index, row] of rows.entries()) {
    test(`${row.rule}: ${row.script}`, async () => {
      const departure = departures[row.rule];
      compiled.lines.length = 0;
      const answer = compiled.runWith(messageFor(index));
      assert.equal(typeof answer, 'number', 'a run that does not wait answers at once');
      if (later) await pause(5);
      const lines = compiled.lines.flatMap(linesOf);
      if (departure) {
        assert.notDeepEqual(lines, row.lines.flatMap(linesOf), 'no departure any more');
        assert.deepEqual(lines, departure.lines, departure.reason);
      } else assert.deepEqual(lines, row.lines.flatMap(linesOf));
    });
  }
}

/** What was written in one go, line by line, without the names of the rows. */
function linesOf(written: string): string[] {
  return written
    .replace(/\brow\d+/g, 'row')
    .replace(/\r?\n?$/, '')
    .split(/\r?\n/);
}
