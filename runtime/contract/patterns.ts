/** Regular expressions. Types only. */

import type { ScriptRun } from './run.ts';

export interface PatternFlags {
  /** REG_ICASE. Default no. */
  readonly ignoreCase?: boolean;
  /** REG_NEWLINE: `.` takes no line end, `^` and `$` also stand at line ends. Default no. */
  readonly byLine?: boolean;
}

/** Takes time linear in the text, whatever the pattern. */
export interface RegularExpression {
  test(text: string): boolean;
  /** The leftmost match at or behind `from` (default 0), and of those that begin there the longest. */
  find(text: string, from?: number): Match | undefined;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  /** The whole match, then what each pair of round brackets held last; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[];
}

export interface Substitution {
  /** What is put where, in order; undefined where the pattern matches an empty text, which is an error of the script. */
  replacements(text: string, run: ScriptRun): readonly Replacement[] | undefined;
  /** The text with them; undefined where there is none. */
  apply(text: string, run: ScriptRun): string | undefined;
}

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
