import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CertificateProblem } from '../certificates/problem.ts';
import { systemReason } from './config-text.ts';

/** The two files of a certificate. */
export interface PairPaths {
  readonly certificate: string;
  readonly key: string;
}

/** The files whose names begin so, in a folder. */
export function pairPaths(folder: string, stem: string): PairPaths {
  return { certificate: join(folder, `${stem}-cert.pem`), key: join(folder, `${stem}-key.pem`) };
}

/**
 * Whether both files are there. Errors: CertificateProblem where one of them is.
 *
 * @param remedy What to do then; the message ends with it.
 */
export function hasPair({ certificate, key }: PairPaths, remedy: string): boolean {
  const [hasCertificate, hasKey] = [existsSync(certificate), existsSync(key)];
  if (hasCertificate === hasKey) return hasKey;
  const [there, missing] = hasKey ? [key, certificate] : [certificate, key];
  throw new CertificateProblem(`${there} is there and ${missing} is not: ${remedy}`);
}

/** Makes the folder, and those above it, for its owner alone; one that is there is left as it is. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  // Not mkdir's `recursive`: Node tries for ever where the system denies that there could be such a folder (/proc).
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  attempt(`cannot make the folder ${folder}`, () => mkdirSync(folder, { mode: 0o700 }));
}

export function readText(path: string): string {
  return attempt(`cannot read ${path}`, () => readFileSync(path, 'latin1'));
}

/** What stands in the two files, PEM. */
interface Texts {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Writes both files, the key readable by its owner alone. Errors: CertificateProblem, also where a file is there.
 */
export function writePair(paths: PairPaths, { certificate, key }: Texts): void {
  writeNew(paths.key, key, 0o600);
  writeNew(paths.certificate, certificate, 0o644);
}

/** Removes what is there of them. */
export function removePair({ certificate, key }: PairPaths): void {
  for (const path of [certificate, key]) {
    attempt(`cannot replace ${path}`, () => rmSync(path, { force: true }));
  }
}

function writeNew(path: string, text: string, mode: number): void {
  attempt(`cannot write ${path}`, () => writeFileSync(path, text, { flag: 'wx', mode }));
}

function attempt<T>(what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const reason = systemReason(error);
    throw new CertificateProblem(`${what}: ${reason}; mend that, or give another folder`);
  }
}
