import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the corpus in the source tree; tests run from the compiled one. */
export const corpusFolder = fileURLToPath(new URL('../../../test/corpus/', import.meta.url));

/** A config of the corpus with what is expected of it. */
export interface CorpusFile {
  readonly name: string;
  readonly text: string;
  readonly inert: boolean;
  readonly version?: string;
  /** OpenSIPS is asked, not this host. */
  readonly asked: 'host' | 'opensips';
  /** And this host too. */
  readonly hostToo: boolean;
  /** It is for the machine that judges it. */
  readonly onThisHost: boolean;
  /** `line:from-to code message`, in order. */
  readonly expected: readonly string[];
}

/** The files of `accepted` or `rejected`, in the order of their names. */
export function readCorpus(kind: 'accepted' | 'rejected'): readonly CorpusFile[] {
  const folder = `${corpusFolder}${kind}/`;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cfg'))
    .sort()
    .map((file) => {
      const lines = readLines(`${folder}${file.replace(/\.cfg$/, '.expected')}`);
      const version = lines.find((line) => line.startsWith('--opensips '))?.slice('--opensips '.length);
      return {
        name: file.slice(0, -'.cfg'.length),
        text: readFileSync(`${folder}${file}`, 'latin1'),
        inert: lines.includes('--inert'),
        hostToo: lines.includes('--for tsips'),
        onThisHost: lines.includes('--on-this-host'),
        asked: lines.includes('--asked opensips') ? 'opensips' : 'host',
        ...(version !== undefined && { version }),
        expected: lines.filter((line) => !line.startsWith('--')),
      };
    });
}

function readLines(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/**
 * Reads what a config of the corpus includes, latin1. `parts/deep-N.inc` stands for any number of files, each of
 * which includes the next one.
 */
export function readPart(kind: 'accepted' | 'rejected', path: string): string | undefined {
  const deep = /^parts\/deep-(\d+)\.inc$/.exec(path);
  if (deep) return `include_file "parts/deep-${Number(deep[1]) + 1}.inc"\n`;
  const file = `${corpusFolder}${kind}/${path}`;
  return /^parts\/[\w-]+\.inc$/.test(path) && existsSync(file) ? readFileSync(file, 'latin1') : undefined;
}
