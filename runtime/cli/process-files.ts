import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Logger } from '../module-exports.ts';
import { systemReason } from './config-text.ts';
import type { Credentials } from './credentials.ts';
import { ownPidFile, readPidFile, removePidFile, writePidFile } from './pid-file.ts';

/** The pid file and the process group file of a running program. */
export interface ProcessFiles {
  /** Gives them to whom the program becomes. Errors: the system's. */
  own(credentials: Credentials): void;
  remove(): void;
}

interface ProcessFilePaths {
  readonly pidFile: string | undefined;
  readonly pgidFile: string | undefined;
}

/**
 * Writes -P and -G (daemonize.c). Undefined where that must end the start; the log says why.
 *
 * Deviation: the original removes the pid file of the program that it found running.
 */
export function writeProcessFiles(paths: ProcessFilePaths, core: Logger): ProcessFiles | undefined {
  const written: { readonly path: string; readonly id: number }[] = [];
  const files: ProcessFiles = {
    own({ uid, gid }) {
      for (const { path } of written) ownPidFile(path, uid, gid);
    },
    remove() {
      for (const { path, id } of written) removePidFile(path, id);
    },
  };
  for (const kind of ['pid', 'pgid'] as const) {
    const given = kind === 'pid' ? paths.pidFile : paths.pgidFile;
    if (given === undefined) continue;
    const path = resolve(given);
    if (!mayWrite(kind, path, core)) return undefined;
    const id = kind === 'pid' ? process.pid : processGroup();
    try {
      writePidFile(path, id);
    } catch (error) {
      core.error('daemonize', `unable to create ${kind} file ${given}: ${systemReason(error)}`);
      files.remove();
      return undefined;
    }
    written.push({ path, id });
  }
  return files;
}

function mayWrite(kind: 'pid' | 'pgid', path: string, core: Logger): boolean {
  const old = readPidFile(path);
  if (old.kind === 'garbage') {
    core.warning(
      'daemonize',
      `${kind} file ${path} exists, but doesn't contain a valid ${kind} number, replacing...`,
    );
  }
  if (kind === 'pgid') return true;
  if (old.kind === 'stale') core.warning('daemonize', 'pid file contains old pid, replacing pid');
  if (old.kind === 'running' && old.pid !== process.pid) {
    core.critical('daemonize', `running process found in the pid file ${path}`);
    return false;
  }
  return true;
}

/** Node does not tell the process group; /proc or ps do, and a detached child is the leader of its own. */
function processGroup(): number {
  const group = Number(groupOfProc() ?? groupOfPs());
  return Number.isSafeInteger(group) && group > 0 ? group : process.pid;
}

/** proc_pid_stat(5): the third field behind the name, which stands in brackets and may hold anything. */
function groupOfProc(): string | undefined {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
  } catch {
    return undefined;
  }
}

function groupOfPs(): string {
  return spawnSync('ps', ['-o', 'pgid=', '-p', String(process.pid)], { encoding: 'latin1' }).stdout;
}

/** Goes there (daemonize.c). False where that must end the start; the log says why. */
export function enterWorkingDirectory(folder: string, core: Logger): boolean {
  try {
    process.chdir(folder);
    return true;
  } catch (error) {
    core.critical('daemonize', `Cannot chdir to ${folder}: ${systemReason(error)}`);
    return false;
  }
}

/** Says that -t is refused. Node has no chroot(2); going on without it would be less safe than was asked for. */
export function refuseChroot(folder: string, core: Logger): void {
  core.critical(
    'daemonize',
    `Cannot chroot to ${folder}: Node has no chroot; start the whole program with chroot(8)`,
  );
}
