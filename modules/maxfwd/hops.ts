import type { ScriptRun } from '../../runtime/module-exports.ts';

/** No Max-Forwards in the message. */
export const MISSING = -1;
/** A Max-Forwards that is no number from 0 to 255 (RFC 3261 §25.1: 1*DIGIT; §20.22: 0 to 255). */
export const MALFORMED = -2;

const header = 'Max-Forwards';

/** The Max-Forwards of a message, as the script has changed it. */
export interface Hops {
  /** The value, MISSING or MALFORMED. */
  read(run: ScriptRun): number;
  add(run: ScriptRun, value: number): void;
  replace(run: ScriptRun, value: number): void;
}

export function createHops(): Hops {
  const changed = Symbol('Max-Forwards');

  return {
    read(run) {
      const value = run.storage.get(changed);
      return typeof value === 'number' ? value : parse(run.message.header(header));
    },
    add(run, value) {
      run.message.edits.insert(line(value));
      // OpenSIPS does not see an added header either when it is asked again.
    },
    replace(run, value) {
      const { message, storage } = run;
      message.edits.remove(message.findHeader(header));
      message.edits.insert(line(value), header);
      storage.set(changed, value);
    },
  };
}

function line(value: number): string {
  return `${header}: ${value}\r\n`;
}

function parse(text: string | undefined): number {
  if (text === undefined) return MISSING;
  return /^\d{1,9}$/.test(text) && Number(text) <= 65535 ? Number(text) : MALFORMED;
}
