/** Parameters behind a value: `;name`, `;name=value`, `;name="quoted value"` (RFC 3261 §25.1 generic-param). */

import { behind, skipQuoted, skipSpace, skipToken, unfold, unquote } from './characters.ts';
import { equalsLower } from './header-names.ts';

/** An unquoted value ends at white space, `;`, `,` or a quote. */
const plainValue = /[^\0- ;,"<>]*/y;

/** Walks over parameters without copying: after each `next()` the offsets of one of them. */
export class ParamCursor {
  readonly text: string;
  readonly end: number;
  /** Where the walk stands: behind the last parameter read. */
  at: number;
  /** A parameter that RFC 3261 does not allow stopped the walk. */
  failed = false;
  /** The semicolon of the current parameter. */
  start = 0;
  nameStart = 0;
  nameEnd = 0;
  /** -1 where the parameter has no `=`. */
  valueStart = -1;
  valueEnd = -1;

  constructor(text: string, from: number, end: number) {
    this.text = text;
    this.at = from;
    this.end = end;
  }

  /** Goes to the next parameter; false at the end, at a comma, or (with `failed`) at something malformed. */
  next(): boolean {
    const { text, end } = this;
    const semicolon = skipSpace(text, this.at, end);
    const code = semicolon < end ? text.charCodeAt(semicolon) : 44;
    if (code === 44) {
      this.at = semicolon;
      return false;
    }
    if (code !== 59) return this.fail();
    this.start = semicolon;
    this.nameStart = skipSpace(text, semicolon + 1, end);
    this.nameEnd = skipToken(text, this.nameStart, end);
    if (this.nameEnd === this.nameStart) return this.fail();
    this.valueStart = -1;
    this.valueEnd = -1;
    this.at = this.nameEnd;
    const equals = skipSpace(text, this.nameEnd, end);
    return equals < end && text.charCodeAt(equals) === 61 ? this.readValue(equals + 1) : true;
  }

  nameIs(lower: string): boolean {
    return equalsLower(this.text, this.nameStart, this.nameEnd, lower);
  }

  private readValue(from: number): boolean {
    const { text, end } = this;
    const start = skipSpace(text, from, end);
    const stop =
      start < end && text.charCodeAt(start) === 34
        ? skipQuoted(text, start, end)
        : Math.min(behind(plainValue, text, start), end);
    if (stop < 0) return this.fail();
    this.valueStart = start;
    this.valueEnd = stop;
    this.at = stop;
    return true;
  }

  private fail(): false {
    this.failed = true;
    return false;
  }
}

/**
 * The parameters of text[from, end) by lower-case name: the first of a name counts, quotes and their escapes are
 * resolved, '' stands for no value. Reading stops at the first malformed one.
 */
export function readParams(text: string, from: number, end: number): Map<string, string> {
  const params = new Map<string, string>();
  const cursor = new ParamCursor(text, from, end);
  while (cursor.next()) {
    const name = text.slice(cursor.nameStart, cursor.nameEnd).toLowerCase();
    if (params.has(name)) continue;
    const value = cursor.valueStart < 0 ? '' : text.slice(cursor.valueStart, cursor.valueEnd);
    params.set(name, unquote(unfold(value)));
  }
  return params;
}
