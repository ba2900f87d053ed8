/** The files of scripts with what OpenSIPS 3.6.8 wrote for them. */

import { readFileSync } from 'node:fs';

interface Row {
  readonly rule: string;
  readonly script: string;
  readonly lines: readonly string[];
}

export interface Measured {
  /** Routes go on writing when the script is done. */
  readonly later?: boolean;
  /** Global lines in front of the routes. */
  readonly config?: readonly string[];
  readonly helpers: readonly string[];
  readonly message: readonly string[];
  readonly rows: readonly Row[];
}

export function readMeasured(name: string): Measured {
  for (const place of [name, `../../../../test/runtime/script/${name}`]) {
    try {
      return JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  throw new Error(`${name} is nowhere`);
}

/** The routes of a file: the header X-Row says which of its scripts runs. */
export function measuredRoutes({ helpers, rows }: Measured): string {
  return [
    'route { $var(name) = 1; route("row$hdr(X-Row)"); }',
    ...helpers,
    ...rows.map((row, index) => `route[row${index}] { $var(name) = 1; ${row.script} }`),
  ].join('\n');
}

/** The message that runs that script. */
export function measuredMessage({ message }: Measured, row: number): string {
  return message.map((line) => (line.startsWith('X-Row:') ? `X-Row: ${row}` : line)).join('\r\n');
}

/** What was written in one go, line by line, without the names of the rows. */
export function linesOf(written: string): string[] {
  return written
    .replace(/\brow\d+/g, 'row')
    .replace(/\r?\n?$/, '')
    .split(/\r?\n/);
}
