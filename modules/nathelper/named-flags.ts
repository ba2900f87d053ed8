import type { Command, CommandResult, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';

/** Of nat_uac_test(): each is the bit of its place. */
export const testNames = [
  'private-contact',
  'diff-ip-src-via',
  'private-via',
  'private-sdp',
  'diff-port-src-via',
  'diff-ip-src-contact',
  'diff-port-src-contact',
  'carrier-grade-nat',
] as const;

/** Of fix_nated_sdp(). */
export const sdpFlagNames = [
  'add-dir-active',
  'rewrite-media-ip',
  'add-no-rtpproxy',
  'rewrite-origin-ip',
  'rewrite-null-ips',
] as const;

/** Of fix_nated_contact(). */
export const contactFlagNames = ['preserve-uri'] as const;

export type Flags<Name extends string> = ReadonlySet<Name>;

/**
 * Flags by their names with commas between them (3.4 on), or as the sum of their numbers (before).
 * Errors: a name that is none.
 */
export function readFlags<Name extends string>(text: string, names: readonly Name[]): Flags<Name> {
  if (/^\s*(?:0x[0-9a-f]+|\d+)\s*$/i.test(text)) {
    const sum = Number(text);
    return new Set(names.filter((_name, place) => (sum & (1 << place)) !== 0));
  }
  const words = text.split(',').map((word) => word.trim());
  return new Set(
    words.map((word) => {
      const name = names.find((one) => one === word);
      if (name === undefined) throw new TypeError(`Unknown flag: ${word}`);
      return name;
    }),
  );
}

/** A function whose flags are read at the start where they stand in the script, else at each call. */
export function withFlags<Name extends string>(
  names: readonly Name[],
  use: (flags: Flags<Name>, rest: readonly PreparedArgument[]) => (run: ScriptRun) => CommandResult,
): Command {
  return {
    prepare([flags, ...rest]) {
      if (typeof flags?.constant === 'string') return use(readFlags(flags.constant, names), rest);
      return (run) => use(readFlags(String(flags?.evaluate(run) ?? ''), names), rest)(run);
    },
  };
}
