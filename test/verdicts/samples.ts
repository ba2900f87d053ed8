import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { VerdictRow } from './original.ts';

/** Where the sample configs of OpenSIPS lie; they are GPL and stay outside of the repository. */
export const samplesFolder: string =
  process.env.TSIPS_SAMPLE_CONFIGS ?? fileURLToPath(new URL('../../../../shared/configs/', import.meta.url));

/** A sample config with what OpenSIPS said of it. */
export interface Sample extends VerdictRow {
  /** One character a byte. */
  readonly text: string;
}

/** The samples, or why there are none. */
export function readSamples(folder: string): readonly Sample[] | string {
  const verdicts = join(folder, 'verdicts.json');
  if (!existsSync(verdicts))
    return `no sample configs in ${folder} (../shared/configs, or TSIPS_SAMPLE_CONFIGS)`;
  const rows = JSON.parse(readFileSync(verdicts, 'utf8')) as readonly VerdictRow[];
  return rows.map((row) => ({ ...row, text: readFileSync(join(folder, row.file), 'latin1') }));
}
