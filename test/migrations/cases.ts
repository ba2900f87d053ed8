import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** In the source tree; tests run from the compiled one. */
const folder = fileURLToPath(new URL('../../../test/migrations/cases/', import.meta.url));
const residential = fileURLToPath(new URL('../../../test/fixtures/residential/', import.meta.url));

/** A config and what becomes of it. */
interface MigrationCase {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly input: string;
  readonly expected: string;
}

/** The pairs `NAME.FROM-TO.in.cfg` and `NAME.FROM-TO.out.cfg`. */
export function readMigrations(): readonly MigrationCase[] {
  return readdirSync(folder).flatMap((file) => {
    const [, name, from, to] = /^([\w-]+)\.(\d\.\d)-(\d\.\d)\.in\.cfg$/.exec(file) ?? [];
    if (name === undefined || from === undefined || to === undefined) return [];
    const [input, expected] = [file, file.replace('.in.', '.out.')].map((one) =>
      readFileSync(`${folder}${one}`, 'latin1'),
    );
    return [{ name, from, to, input: input ?? '', expected: expected ?? '' }];
  });
}

/** Our own script for a version. */
export function readResidential(version: string): string {
  return readFileSync(`${residential}${version}.cfg`, 'latin1');
}

/** The table that says which case shows a construct. */
export function readCaseTable(): string {
  return readFileSync(`${folder}../README.md`, 'utf8');
}
