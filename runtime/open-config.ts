import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { flatten, hasErrors, writeMarks } from '../grammar/index.ts';
import { HostError } from './host-error.ts';
import { fileName, resolveNear } from './module-files.ts';

/** Where the text of a config comes from. */
export interface ConfigPlace {
  /** The text of the config, one character a byte; else `file` is read. */
  readonly config?: string;
  /** The path of the config; relative paths in it are tried in its folder first. Also its name in messages. */
  readonly file?: string;
  /** Its name in messages where it is not `file`. */
  readonly name?: string;
  /**
   * Gives a file of the config (`from` includes it; '' for the config itself) as latin1 text, undefined where
   * it does not exist. Default: from disk.
   */
  readonly read?: (path: string, from: string) => string | undefined;
  /**
   * Rewrites the flattened config (`-p`). It gets the marks of OpenSIPS between the lines, which tell afterwards
   * what came from which file.
   */
  readonly preprocess?: (text: string) => string;
  /** The folder for relative paths that are not in the config's. Default: the working directory. */
  readonly folder?: string;
}

/** A file that is missing is told by the parser: then nothing is preprocessed. */
export function preprocessed(
  text: string,
  name: string,
  read: OpenConfig['read'],
  preprocess: ConfigPlace['preprocess'],
): string {
  if (!preprocess) return text;
  const flat = flatten(text, { name, read });
  return hasErrors(flat.diagnostics) ? text : preprocess(writeMarks(flat.source, flat.text));
}

export interface OpenConfig {
  readonly name: string;
  readonly text: string;
  readonly read: (path: string, from: string) => string | undefined;
  readonly bases: readonly string[];
}

export function openConfig(options: ConfigPlace): OpenConfig {
  const { file, config, folder = process.cwd() } = options;
  const name = options.name ?? file ?? 'config';
  const bases = file === undefined ? [folder] : [dirname(resolve(folder, file)), folder];
  const read = options.read ?? ((path, from) => readFromDisk(path, from, bases));
  const text = config ?? (file === undefined ? undefined : read(file, ''));
  if (text !== undefined) return { name, text, read, bases };
  throw new HostError('CONFIG_UNREADABLE', `cannot read ${name}`);
}

/** A file that a config includes: beside the file that includes it, else as other relative paths. */
function readFromDisk(path: string, from: string, bases: readonly string[]): string | undefined {
  const beside = from === '' ? bases : [dirname(resolveNear(from, bases)), ...bases];
  try {
    return readFileSync(resolveNear(fileName(path), beside), 'latin1');
  } catch {
    return undefined;
  }
}
