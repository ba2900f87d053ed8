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

/** The driver's error as ours. */
export function failureOf(error: unknown): SqliteFailure {
  if (error instanceof SqliteFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(message);
  const help = code === 'missing' ? " (tsips sqlite create makes OpenSIPS's tables)" : '';
  return new SqliteFailure(code, `${message}${help}`, error);
}

/** By SQLite's own words, because the driver does not put its result code on every error. */
const words: readonly (readonly [RegExp, DatabaseFailure['code']])[] = [
  [/^database (?:table )?is locked/, 'busy'],
  [/^UNIQUE constraint failed/, 'unique'],
  [/^no such table/, 'missing'],
];

function codeOf(message: string): DatabaseFailure['code'] {
  return words.find(([pattern]) => pattern.test(message))?.[1] ?? 'failed';
}
