import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A sample config of OpenSIPS; they are GPL and stay outside of the repository. */
interface Sample {
  readonly name: string;
  /** The versions that it came with, `1.8` and `master` among them. */
  readonly versions: readonly string[];
  /** One character a byte. */
  readonly text: string;
  /** Whether some version takes its grammar, whatever it says of its meaning. */
  readonly accepted: boolean;
}

interface Verdict {
  readonly verdict: string;
  readonly without_rejected_globals?: { readonly verdict: string };
}

interface Row {
  readonly file: string;
  readonly versions: readonly string[];
  readonly opensips: Readonly<Record<string, Verdict>>;
}

const folder =
  process.env.TSIPS_SAMPLE_CONFIGS ??
  fileURLToPath(new URL('../../../../../shared/configs/', import.meta.url));

/** The samples, or why there are none. */
export function readSamples(): readonly Sample[] | string {
  const verdicts = join(folder, 'verdicts.json');
  if (!existsSync(verdicts)) {
    return 'no sample configs here (../shared/configs, or TSIPS_SAMPLE_CONFIGS)';
  }
  const rows = JSON.parse(readFileSync(verdicts, 'utf8')) as readonly Row[];
  return rows.map(({ file, versions, opensips }) => {
    const text = readFileSync(join(folder, file), 'latin1');
    const accepted = Object.entries(opensips).some(([version, verdict]) => accepts(version, verdict, text));
    return { name: file, versions, text, accepted };
  });
}

/** The verdict after lines with globals of other versions were taken out; 4.0 takes `listen` lines out so. */
function accepts(version: string, given: Verdict, text: string): boolean {
  if (given.verdict === 'ok') return true;
  if (given.verdict !== 'semantic') return false;
  if (version === '4.0' && /^\s*listen\b/m.test(text)) return false;
  return (given.without_rejected_globals ?? given).verdict !== 'syntax';
}
