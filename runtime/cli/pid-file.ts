import { chownSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';

/** What a pid file that is already there tells (daemonize.c). */
type OldPid =
  | { readonly kind: 'none' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'stale'; readonly pid: number }
  | { readonly kind: 'running'; readonly pid: number };

/** Looks at a pid file; one that cannot be read counts as none, writing it will tell why. */
export function readPidFile(path: string): OldPid {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return { kind: 'none' };
  }
  const [, digits] = /^\s*([+-]?\d+)/.exec(text) ?? [];
  const pid = Number(digits);
  if (digits === undefined || !Number.isSafeInteger(pid) || pid <= 0) return { kind: 'garbage' };
  return { kind: isAlive(pid) ? 'running' : 'stale', pid };
}

/** A process that may not be signalled is alive all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Writes a number and a newline. Errors: the system's. */
export function writePidFile(path: string, id: number): void {
  writeFileSync(path, `${id}\n`);
}

/** Gives the file to the user and group that the program becomes; undefined leaves them. Errors: the system's. */
export function ownPidFile(path: string, uid: number | undefined, gid: number | undefined): void {
  chownSync(path, uid ?? -1, gid ?? -1);
}

/** Removes the file if it still holds this number; another program's is left. */
export function removePidFile(path: string, id: number): void {
  try {
    if (readFileSync(path, 'latin1').trim() === String(id)) unlinkSync(path);
  } catch {
    // It is gone, or may not be touched (any more): nobody is helped by a failure at the end.
  }
}
