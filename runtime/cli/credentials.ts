import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Logger } from '../module-exports.ts';

/** Whom the program becomes once its sockets are open. */
export interface Credentials {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

/** The ids of -u and -g; undefined, with a line in the log, where there is no such user or group. */
export function findCredentials(
  user: string | undefined,
  group: string | undefined,
  core: Logger,
): Credentials | undefined {
  const found = user === undefined ? undefined : findUser(user);
  if (user !== undefined && found === undefined) {
    core.error('main', `bad user name/uid number: -u ${user}`);
    return undefined;
  }
  const gid = group === undefined ? found?.gid : findGroup(group);
  if (group !== undefined && gid === undefined) {
    // The original's line says -u here too.
    core.error('main', `bad group name/gid number: -u ${group}`);
    return undefined;
  }
  return { uid: found?.uid, gid };
}

/** Ids of a user by name or number (main.c: user2uid); undefined where there is none of this name. */
export function findUser(user: string): { uid: number; gid: number | undefined } | undefined {
  if (/^\d+$/.test(user)) return { uid: Number(user), gid: databaseLine('/etc/passwd', 'passwd', user)?.gid };
  const line = databaseLine('/etc/passwd', 'passwd', user);
  return line && { uid: line.id, gid: line.gid };
}

/** The id of a group by name or number; undefined where there is none of this name. */
export function findGroup(group: string): number | undefined {
  if (/^\d+$/.test(group)) return Number(group);
  return databaseLine('/etc/group', 'group', group)?.id;
}

interface DatabaseLine {
  readonly id: number;
  readonly gid: number | undefined;
}

/** From the file, else from whatever the system's name service knows (getent). */
function databaseLine(file: string, database: string, key: string): DatabaseLine | undefined {
  return findLine(readText(file), key) ?? findLine(askNameService(database, key), key);
}

function findLine(text: string, key: string): DatabaseLine | undefined {
  for (const line of text.split('\n')) {
    const [name, , id, gid] = line.split(':');
    if (name !== key && id !== key) continue;
    if (id === undefined || !/^\d+$/.test(id)) continue;
    return { id: Number(id), gid: gid !== undefined && /^\d+$/.test(gid) ? Number(gid) : undefined };
  }
  return undefined;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function askNameService(database: string, key: string): string {
  const { stdout } = spawnSync('getent', [database, '--', key], { encoding: 'utf8', timeout: 5000 });
  return stdout ?? '';
}

/**
 * Becomes the group, then the user (daemonize.c `do_suid`). Errors: the system's, with what was tried.
 *
 * Deviation: the supplementary groups of the caller are given up too; the original keeps root's.
 */
export function takeCredentials({ uid, gid }: Credentials): void {
  if (gid !== undefined) attempt(`cannot change gid to ${gid}`, () => changeGroup(gid));
  if (uid !== undefined) attempt(`cannot change uid to ${uid}`, () => process.setuid?.(uid));
}

function changeGroup(gid: number): void {
  if (process.getuid?.() === 0) process.setgroups?.([gid]);
  process.setgid?.(gid);
}

function attempt(what: string, call: () => void): void {
  try {
    call();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
