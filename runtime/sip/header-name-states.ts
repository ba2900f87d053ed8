/**
 * Header names as a tree of their letters, kept as a table: whoever reads a name goes from state to state, letter by
 * letter in either case, and at its end knows which header it is. No name is cut out, hashed or compared.
 */

import { tokenLower } from './characters.ts';
import { knownHeaders } from './header-names.ts';

/** Behind characters that no known name begins with. */
const lost = 1;

/** In front of the first character of a name. */
export const nameBegin = 2;

/** Columns: 0 is for what stands in no token, 1 for what stands in no known name; letters follow. */
const firstLetter = 2;

/** A state's row has as many columns as these bits can tell. */
const columnBits = 5;

const { columns, steps, ids } = buildTable();

/** The state behind one more character; 0 where the name ends, because the character stands in no token. */
export function nextNameState(state: number, code: number): number {
  return steps[(state << columnBits) | (columns[code] ?? 0)] ?? 0;
}

/** The number of the header whose name leads to this state; 0 where it is unknown. */
export function idOfNameState(state: number): number {
  return ids[state] ?? 0;
}

interface NameTable {
  /** By character. */
  readonly columns: Uint8Array;
  /** The next state, by state and column. */
  readonly steps: Uint16Array;
  /** By state. */
  readonly ids: Uint8Array;
}

function buildTable(): NameTable {
  const names = knownHeaders.flatMap(({ id, name, compact = name }) =>
    [name, compact].map((text) => ({ id, lower: text.toLowerCase() })),
  );
  const letters = [...new Set(names.flatMap(({ lower }) => [...lower]))];
  const width = 1 << columnBits;
  if (letters.length + firstLetter > width) throw new RangeError('more letters than columns');
  // A character that is no letter of theirs is at -1.
  const columnOf = (letter: string) => letters.indexOf(letter) + firstLetter;
  const rows: number[][] = [[], [], []];
  const idOf: number[] = [];
  for (const { id, lower } of names) {
    let state = nameBegin;
    for (const letter of lower) {
      const row = rows[state] ?? [];
      const column = columnOf(letter);
      row[column] ??= rows.push([]) - 1;
      state = row[column];
    }
    idOf[state] = id;
  }
  return {
    columns: tokenLower.map((code) => (code === 0 ? 0 : columnOf(String.fromCharCode(code)))),
    steps: Uint16Array.from({ length: rows.length * width }, (_unused, at) =>
      at % width === 0 ? 0 : (rows[at >> columnBits]?.[at % width] ?? lost),
    ),
    ids: Uint8Array.from(rows, (_row, state) => idOf[state] ?? 0),
  };
}
