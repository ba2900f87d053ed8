import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { stateOfPath } from './file-watch.ts';

/** What a file may hold, bytes. The bundles of all public authorities have a quarter of a megabyte. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;
/** What the files of one folder may hold together. */
export const MAX_FOLDER_BYTES = 8 * MAX_FILE_BYTES;

/** `kind`: a folder, pipe or device where a file must be, or a file where a folder must be; `size`: beyond a limit. */
export type SourceProblem = 'missing' | 'denied' | 'kind' | 'size' | 'system';

/** A file or folder that cannot be read; the message says what it is: `is a folder and not a file`. */
export class SourceError extends Error {
  readonly problem: SourceProblem;

  constructor(problem: SourceProblem, message: string) {
    super(message);
    this.name = 'SourceError';
    this.problem = problem;
  }
}

/** A file that was read, one character a byte. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A file of a folder, or why it cannot be read. */
export interface FolderFile {
  readonly path: string;
  readonly read: SourceFile | SourceError;
}

/**
 * The files of one reading of all domains. Each is read once, however many domains name it, so that they all see the
 * same. Nothing but regular files is opened, and no more than a limit of one is read: a pipe would never end.
 */
export class SourceFiles {
  readonly #read = new Map<string, SourceFile | SourceError>();
  readonly #states = new Map<string, string>();

  /** Errors: SourceError. */
  file(path: string): SourceFile {
    this.#note(path);
    const read = this.#once(path);
    if (read instanceof SourceError) throw read;
    return read;
  }

  /**
   * The regular files of a folder in the order of their names, one that has several names once. Errors: SourceError.
   */
  folder(path: string): readonly FolderFile[] {
    this.#note(path);
    const files = new Map<string, FolderFile>();
    let left = MAX_FOLDER_BYTES;
    for (const name of namesIn(path)) {
      const file = join(path, name);
      const target = targetOf(file);
      if (target === undefined || files.has(target)) continue;
      const read = this.#once(file);
      files.set(target, { path: file, read });
      left -= read instanceof SourceError ? 0 : read.text.length;
      if (left < 0) throw new SourceError('size', `holds more than ${MAX_FOLDER_BYTES} bytes`);
    }
    return [...files.values()];
  }

  /** The state of these when they were read, as a watch tells it. */
  stateOf(path: string): string {
    return this.#states.get(path) ?? '';
  }

  #once(path: string): SourceFile | SourceError {
    const known = this.#read.get(path) ?? fileOrError(path);
    this.#read.set(path, known);
    return known;
  }

  #note(path: string): void {
    if (!this.#states.has(path)) this.#states.set(path, stateOfPath(path));
  }
}

function fileOrError(path: string): SourceFile | SourceError {
  try {
    return { path, text: textOf(path) };
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}

function namesIn(path: string): string[] {
  return told(() => {
    if (!statSync(path).isDirectory()) throw new SourceError('kind', 'is a file and not a folder');
    return readdirSync(path).toSorted();
  });
}

/** Where a name of a folder leads to; undefined where that is no regular file, as a link into nowhere. */
function targetOf(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(path: string): string {
  return told(() => {
    refuseOther(statSync(path));
    // Without O_NONBLOCK a pipe that has come in between would be waited for.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      refuseOther(fstatSync(file));
      return upToLimit(file).toString('latin1');
    } finally {
      closeSync(file);
    }
  });
}

interface Kind {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
}

function refuseOther(stats: Kind): void {
  const what = stats.isDirectory() ? 'a folder' : stats.isFIFO() ? 'a pipe' : 'a device or a socket';
  if (!stats.isFile()) throw new SourceError('kind', `is ${what} and not a file`);
  if (stats.size > MAX_FILE_BYTES) throw tooLarge();
}

/** A file may grow while it is read, and those of /proc tell no size. */
function upToLimit(file: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; length <= MAX_FILE_BYTES; ) {
    const part = Buffer.alloc(64 * 1024);
    const got = readSync(file, part);
    if (got === 0) return Buffer.concat(parts);
    length += got;
    parts.push(part.subarray(0, got));
  }
  throw tooLarge();
}

function tooLarge(): SourceError {
  return new SourceError('size', `holds more than ${MAX_FILE_BYTES} bytes`);
}

/** Turns what the system says into a SourceError. */
function told<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceError || !(error instanceof Error)) throw error;
    const code = String(Reflect.get(error, 'code'));
    throw new SourceError(problems[code] ?? 'system', code);
  }
}

const problems: Readonly<Record<string, SourceProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
};
