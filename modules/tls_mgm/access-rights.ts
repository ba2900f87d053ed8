import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who a process is, or becomes. */
export interface Credentials {
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

/** The part of a path that a user without supplementary groups has no right to: a folder above it, or the file itself. */
export function barrier(path: string, user: Credentials): string | undefined {
  const real = realpathSync(path);
  const closed = foldersAbove(real).find((folder) => !may(statSync(folder), user, 1));
  if (closed !== undefined) return closed;
  const stats = statSync(real);
  return may(stats, user, stats.isDirectory() ? 5 : 4) ? undefined : path;
}

/** From the root downwards. */
function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [...foldersAbove(above), above];
}

/** `wanted`: the bits of one group of rights: 4 read, 1 enter. */
function may({ mode, uid: owner, gid: group }: Stats, { uid, gid }: Credentials, wanted: number): boolean {
  const shift = owner === uid ? 6 : group === gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/** `mode 0600 of uid 0 gid 0`, of the nearest part of a path that this process can look at. */
export function rights(path: string): string {
  const seen = nearestSeen(path);
  const { mode, uid, gid } = statSync(seen);
  const which = seen === path ? '' : `${seen} has `;
  return `${which}mode ${(mode & 0o7777).toString(8).padStart(4, '0')} of uid ${uid} gid ${gid}`;
}

function nearestSeen(path: string): string {
  try {
    statSync(path);
    return path;
  } catch {
    return nearestSeen(dirname(path));
  }
}

export function whoAmI(): string {
  return `uid ${process.getuid?.()} gid ${process.getgid?.()}`;
}
