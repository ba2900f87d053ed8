import type { DatabaseFailure } from '../../runtime/module-exports.ts';

/** What SQLite refused. */
export class SqliteFailure extends Error implements DatabaseFailure {
  readonly code: DatabaseFailure['code'];

  constructor(code: DatabaseFailure['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SqliteFailure';
    this.code = code;
  }
}

/** Primary result codes of SQLite; the extended ones have more in their higher bits. */
const BUSY = 5;
const LOCKED = 6;
const UNIQUE = 2067;
const PRIMARY_KEY = 1555;

/** The driver's error as ours. */
export function failureOf(error: unknown): SqliteFailure {
  if (error instanceof SqliteFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SqliteFailure(codeOf(error, message), message, error);
}

function codeOf(error: unknown, message: string): DatabaseFailure['code'] {
  const result = Number(error instanceof Error ? Reflect.get(error, 'errcode') : undefined);
  if ((result & 0xff) === BUSY || (result & 0xff) === LOCKED) return 'busy';
  if (result === UNIQUE || result === PRIMARY_KEY) return 'unique';
  return message.startsWith('no such table') ? 'missing' : 'failed';
}
