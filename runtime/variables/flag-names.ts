/** How many flags a message has (flags.h: MAX_FLAG). */
const flagCount = 32;

/** The named flags of one script: a name gets the next free bit when it is first met (C: get_flag_id_by_name). */
export interface FlagNames {
  /** Undefined where all bits are taken. */
  bit(name: string): number | undefined;
  /** The bits of the names in a text, with blanks between them; those that no other place of the script has are left out. */
  bitsOf(text: string): number;
  /** The names of the bits that are set, the newest name first, as `$mf` shows them. */
  names(bits: number): string;
}

export function createFlagNames(): FlagNames {
  const names: string[] = [];
  return {
    bit(name) {
      const known = names.indexOf(name);
      if (known >= 0) return known;
      if (names.length >= flagCount) return undefined;
      return names.push(name) - 1;
    },
    bitsOf: (text) =>
      text
        .split(' ')
        .map((name) => names.indexOf(name))
        .reduce((bits, bit) => (bit < 0 ? bits : bits | (1 << bit)), 0),
    names(bits) {
      return names
        .filter((_name, bit) => (bits & (1 << bit)) !== 0)
        .reverse()
        .join(' ');
    },
  };
}
