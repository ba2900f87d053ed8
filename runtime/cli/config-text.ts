import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Where the config is looked for without -f. */
const defaultConfigFiles = ['./opensips.cfg', '/etc/opensips/opensips.cfg'] as const;

/** A config as the command line names it. */
interface ConfigText {
  /** As OpenSIPS's messages name it. */
  readonly name: string;
  /** Absent for standard input. */
  readonly file?: string;
  /** One character a byte. */
  readonly text: string;
}

/** A config that cannot be read; `message` says why in the original's words. */
export class ConfigUnreadable extends Error {
  /** The config as the last line of the original names it. */
  readonly config: string;

  constructor(config: string, message: string) {
    super(message);
    this.config = config;
  }
}

/** Reads the config of `-f`, the default one, or standard input for `-`. Errors: ConfigUnreadable. */
export async function readConfig(given: string | undefined): Promise<ConfigText> {
  if (given === '-') return { name: 'stdin', text: await readStandardInput() };
  const file = given ?? defaultConfigFiles.find((path) => existsSync(path)) ?? defaultConfigFiles[1];
  try {
    return { name: file, file, text: readFileSync(file, 'latin1') };
  } catch (error) {
    throw new ConfigUnreadable(file, `loading config file ${file}: ${systemReason(error)}`);
  }
}

async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('latin1');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EEXIST: 'File exists',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
  ELOOP: 'Too many levels of symbolic links',
};

/** The words of strerror(3) for what mostly happens, Node's for the rest. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? error.message;
}

/**
 * Sends the whole flattened config through the command of `-p` (cfg_pp.c: exec_preprocessor). Like the original it
 * splits the command at blanks and runs it without a shell. Errors: ConfigUnreadable.
 *
 * Deviation: a command that fails ends the start; the original goes on with whatever it wrote.
 */
export function preprocess(command: string, text: string, config: string): string {
  const [program, ...parameters] = command.split(/[ \t\r\n]+/).filter((word) => word !== '');
  if (program === undefined)
    throw new ConfigUnreadable(config, 'preprocessor command (-p) is an empty string!');
  const { error, status, signal, stdout } = spawnSync(program, parameters, {
    input: Buffer.from(text, 'latin1'),
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: MAX_PREPROCESSED,
  });
  const failed = error !== undefined && !isUnread(error);
  if (!failed && status === 0) return stdout.toString('latin1');
  const why = failed ? systemReason(error) : `it ended with ${signal ?? `status ${status}`}`;
  throw new ConfigUnreadable(config, `failed to exec preprocessor cmd: '${command}': ${why}`);
}

/** The command did not read its input to the end: it may have what it needs. */
function isUnread(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}

/** Bytes that a preprocessor may write. */
const MAX_PREPROCESSED = 64 * 1024 * 1024;
