/** How many groups there may be, and how long the pattern of one. */
interface GroupLimits {
  readonly maxGroups: number;
  readonly maxSize: number;
}

/**
 * The patterns of the groups of a file. `[0]` begins a group, each line behind it is one alternative of its pattern; lines
 * that begin with a blank or `#` are comments. Errors: throws for a line in front of the first group and beyond a limit.
 */
export function readGroups(text: string, { maxGroups, maxSize }: GroupLimits): string[] {
  const groups: string[][] = [];
  for (const line of text.split('\n')) {
    if (line === '' || /^[\s#]/.test(line)) continue;
    if (line.startsWith('[')) {
      if (groups.length >= maxGroups) throw new Error(`max_groups: ${maxGroups} exceeded`);
      groups.push([]);
      continue;
    }
    const group = groups.at(-1);
    if (!group) throw new Error('first group must be initialized with [0] before any regular expression');
    group.push(`(${line})`);
    if (group.join('|').length + 2 > maxSize) throw new Error(`a group is longer than ${maxSize} characters`);
  }
  return groups.map((lines) => (lines.length === 0 ? '^$' : `(${lines.join('|')})`));
}
