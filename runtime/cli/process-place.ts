import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { GlobalValues } from '../globals.ts';
import type { Logger } from '../module-exports.ts';
import type { CommandLine } from './command-line.ts';
import { systemReason } from './config-text.ts';
import { type Credentials, findCredentials, findGroup, findUser } from './credentials.ts';

/** Where the running program stands, and as whom it runs. */
export interface ProcessPlace {
  readonly workingDirectory: string;
  readonly credentials: Credentials;
}

/**
 * From the options, and from the globals workdir, user and group: as in cfg.y what the config says counts more.
 * Undefined, with a line in the log, where there is no such user or group.
 */
export function processPlace(
  line: CommandLine,
  globals: Pick<GlobalValues, 'given'>,
  credentials: Credentials,
  core: Logger,
): ProcessPlace | undefined {
  const [folder, user, group] = ['workdir', 'user', 'group'].map((name) => textOf(globals.given(name)));
  const workingDirectory = folder ?? line.workingDirectory ?? '/';
  if (user === undefined && group === undefined) return { workingDirectory, credentials };
  const found = findCredentials(user ?? line.user, group ?? line.group, core);
  return found && { workingDirectory, credentials: found };
}

/** The same ids for a check, which leaves it to `processPlace` to say that there is no such user. */
export function idsToBe(globals: Pick<GlobalValues, 'given'>, credentials: Credentials): Credentials {
  const [user, group] = ['user', 'group'].map((name) => textOf(globals.given(name)));
  const found = user === undefined ? undefined : findUser(user);
  const gid = group === undefined ? found?.gid : findGroup(group);
  return { uid: found?.uid ?? credentials.uid, gid: gid ?? credentials.gid };
}

function textOf(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/**
 * For a check: whether a start could stand there, write its files and become that user. A pid file that names a running program is no
 * fault, it may be the one whose config is checked. False, with a line in the log, where not.
 */
export function couldStandThere(line: CommandLine, place: ProcessPlace, core: Logger): boolean {
  const { workingDirectory, credentials } = place;
  if (
    !isFolderWith(workingDirectory, constants.X_OK, (why) => {
      core.critical('daemonize', `Cannot chdir to ${workingDirectory}: ${why}`);
    })
  ) {
    return false;
  }
  const files = [
    { kind: 'pid', path: line.pidFile },
    { kind: 'pgid', path: line.pgidFile },
  ];
  for (const { kind, path } of files) {
    if (path === undefined) continue;
    const tell = (why: string) => core.error('daemonize', `unable to create ${kind} file ${path}: ${why}`);
    if (!isFolderWith(dirname(resolve(workingDirectory, path)), constants.W_OK, tell)) return false;
  }
  return mayBecome(credentials, core);
}

/** setuid(2), setgid(2): root may become anybody, others only what they are. */
function mayBecome({ uid, gid }: Credentials, core: Logger): boolean {
  if (process.getuid?.() === 0) return true;
  const other = [
    { what: 'gid', id: gid, own: process.getgid?.() },
    { what: 'uid', id: uid, own: process.getuid?.() },
  ].find(({ id, own }) => id !== undefined && id !== own);
  if (other) core.error('main', `cannot change ${other.what} to ${other.id}: Operation not permitted`);
  return other === undefined;
}

function isFolderWith(folder: string, right: number, tell: (why: string) => void): boolean {
  try {
    if (statSync(folder).isDirectory()) {
      accessSync(folder, right);
      return true;
    }
    tell('Not a directory');
  } catch (error) {
    tell(systemReason(error));
  }
  return false;
}
