import type { ScriptRun } from '../../runtime/module-exports.ts';

/** No Max-Forwards in the message. */
export const MISSING = -1;
/** A Max-Forwards that is no number from 0 to 65535, which is as far as OpenSIPS reads (RFC 3261 §20.22: 255). */
export const MALFORMED = -2;

const header = 'Max-Forwards';

/** The Max-Forwards of a message, as the script has changed it. */
interface Hops {
  /** The value, MISSING or MALFORMED. */
  read(run: ScriptRun): number;
  /** Adds the header; once a message. */
  add(run: ScriptRun, value: number): void;
  replace(run: ScriptRun, value: number): void;
}

export function createHops(): Hops {
  const changed = Symbol('Max-Forwards');
  const added = Symbol('Max-Forwards added');

  return {
    read(run) {
      const value = run.storage.get(changed);
      return typeof value === 'number' ? value : parse(run.message.header(header));
    },
    add({ message, storage }, value) {
      if (storage.has(added)) return;
      storage.set(added, true);
      message.edits.insert(line(value));
    },
    replace({ message, storage }, value) {
      message.edits.replace(message.findHeader(header), line(value));
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
