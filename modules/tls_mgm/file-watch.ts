import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A mark of the state of a file, or of a folder with its files: another one when something was written, replaced, given
 * other rights, or has come or gone. Looking again and again works on every file system, and where a link to a folder
 * is exchanged as Kubernetes does it.
 */
export function stateOfPath(path: string): string {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? stateOfFolder(path, stats) : stateOfFile(stats);
  } catch {
    return 'absent';
  }
}

/** The same of several. */
export function stateOf(paths: Iterable<string>, stateOfOne = stateOfPath): string {
  return [...paths].map((path) => `${path} ${stateOfOne(path)}`).join('\n');
}

/** What stands in folders below is never read. */
function stateOfFolder(folder: string, stats: Stats): string {
  const names = readdirSync(folder).toSorted();
  return [stateOfFile(stats), ...names.map((name) => `${name} ${stateOfEntry(join(folder, name))}`)].join(
    ' ',
  );
}

function stateOfEntry(path: string): string {
  try {
    return stateOfFile(statSync(path));
  } catch {
    return 'absent';
  }
}

/** The time of change tells also what keeps the time of writing: other rights, and `cp -p`. */
function stateOfFile({ ino, size, ctimeMs }: Stats): string {
  return `${ino} ${size} ${ctimeMs}`;
}

/** Tells when files have changed since they were read, and nobody is writing them any more. */
export class FileWatch {
  #read = '';
  #seen = '';

  /** The state that the last reading saw, whether it could use it or not. */
  wasRead(state: string): void {
    this.#read = state;
    this.#seen = state;
  }

  /** Whether there is something to read: another state than the last reading saw, and the same at two looks. */
  look(state: string): boolean {
    const settled = state === this.#seen;
    this.#seen = state;
    return settled && state !== this.#read;
  }
}
