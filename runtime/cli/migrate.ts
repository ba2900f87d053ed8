import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { givenVersion, loadWholeCatalogue, toPrintable, toUnicode } from '../../grammar/index.ts';
import { draftMigration, MigratesDownwards, type Migration } from '../../grammar/tools.ts';
import { judgeConfig } from '../check-file.ts';
import { type Log, writeAll } from '../log/index.ts';
import { fileName, resolveNear } from '../module-files.ts';
import { ConfigUnreadable, readConfig, systemReason } from './config-text.ts';
import { FAILED, OK } from './exit-codes.ts';
import { replaceFiles, writeInto } from './migrate-files.ts';
import type { MigrateLine } from './migrate-line.ts';
import type { Terminal } from './terminal.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Something was left for the author of the config. */
const LEFT = 1;

/**
 * `tsips migrate`: the config in the form of a newer version. The list of what was done and left goes to standard
 * error. Answers the exit code: 1 where something was left.
 */
export async function migrateConfig(line: MigrateLine, log: Log, terminal: Terminal): Promise<number> {
  const core = log.for('core');
  try {
    const places = new Places(line.file);
    const { name, text } = await readConfig(line.file);
    const catalogue = await loadWholeCatalogue();
    const draft = draftMigration(text, {
      name,
      catalogue,
      to: line.to,
      ...(line.from !== undefined && { from: line.from }),
      read: (path, from) => places.read(path, from),
    });
    const migration = draft.finish(
      await judgeConfig(draft.parsed, givenVersion(line.to), { bases: places.bases }),
    );
    terminal.printError(listOf(migration, line));
    hand(migration, line, places);
    return migration.left.length > 0 ? LEFT : OK;
  } catch (error) {
    if (error instanceof ConfigUnreadable || error instanceof MigratesDownwards)
      core.error('migrate', error.message);
    else core.error('migrate', systemReason(error));
    core.notice('main', 'Exiting....');
    return FAILED;
  } finally {
    await log.close();
  }
}

/** Where the files of the config lie, by the names that it has for them. */
class Places {
  /** The folders for relative paths. */
  readonly bases: readonly string[];
  readonly #config: string;
  readonly #found = new Map<string, string>();

  constructor(config: string) {
    this.#config = config;
    this.bases = config === '-' ? [process.cwd()] : [dirname(resolve(config)), process.cwd()];
  }

  /** Errors: one name of two files, which could not be told apart. */
  read(path: string, from: string): string | undefined {
    const beside = [dirname(this.#found.get(from) ?? resolve(this.#config)), ...this.bases];
    const place = resolveNear(fileName(path), beside);
    const known = this.#found.get(path) ?? place;
    if (known !== place) throw new Error(`${path} is two files, ${known} and ${place}: migrate them apart`);
    this.#found.set(path, place);
    try {
      return readFileSync(place, 'latin1');
    } catch {
      return undefined;
    }
  }

  of(name: string): string {
    return this.#found.get(name) ?? resolve(name);
  }
}

function hand({ files }: Migration, { file, way }: MigrateLine, places: Places): void {
  const changed = files.filter(({ before, text }) => before !== text);
  if (way === 'print') writeBytes(files[0]?.text ?? '');
  else if (way === 'diff')
    writeBytes(changed.map(({ name, before, text }) => unifiedDiff(name, before, text)).join(''));
  else if (way === 'write') replaceFiles(changed.map(({ name, text }) => ({ path: places.of(name), text })));
  else {
    const base = file === '-' ? process.cwd() : dirname(resolve(file));
    writeInto(
      way.directory,
      base,
      files.map(({ name, text }) => ({ path: places.of(name), text })),
    );
  }
}

/** A config goes out as it came in, byte by byte. */
function writeBytes(text: string): void {
  writeAll(1, Buffer.from(text, 'latin1'));
}

function listOf({ from, to, done, left, notes, files }: Migration, line: MigrateLine): string {
  const changes = done.map(({ file, line: at, column, message }) => `${file}:${at}:${column}: ${message}`);
  const leftovers = left.map(
    ({ file, line: at, column, reason, advice }) => `${file}:${at}:${column}: LEFT: ${reason} -> ${advice}`,
  );
  const told = notes.map(
    ({ file, line: at, column, message }) => `${file}:${at}:${column}: NOTE: ${message}`,
  );
  const hidden = line.way === 'print' ? files.slice(1).filter(({ before, text }) => before !== text) : [];
  const guessed = line.from === undefined ? ' (guessed)' : '';
  return [
    ...changes,
    ...leftovers,
    ...told,
    ...hidden.map(({ name }) => `${name} changes too: --diff shows it, --write and -o write it`),
    `OpenSIPS ${from}${guessed} to ${to}: ${count(done.length, 'change')}, ${count(left.length, 'place')} left`,
  ]
    .map((text) => `${toPrintable(toUnicode(text))}\n`)
    .join('');
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
