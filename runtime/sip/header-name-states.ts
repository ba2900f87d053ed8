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

/** Column 0 is for what stands in no token, the one behind it for what stands in no known name. */
const columnOfCode = new Uint8Array(256);

const firstLetter = 2;

const columnBits = 5;

const { steps, ids } = buildTable();

/** The state behind one more character; 0 where the name ends, because the character stands in no token. */
export function nextNameState(state: number, code: number): number {
  return steps[(state << columnBits) | (columnOfCode[code] ?? 0)] ?? 0;
}

/** The number of the header whose name leads to this state; 0 where it is unknown. */
export function idOfNameState(state: number): number {
  return ids[state] ?? 0;
}

function buildTable(): { readonly steps: Uint16Array; readonly ids: Uint8Array } {
  const names = knownHeaders.flatMap(({ id, name, compact }) =>
    [name, ...(compact === undefined ? [] : [compact])].map((text) => ({ id, lower: text.toLowerCase() })),
  );
  const letters = [...new Set(names.flatMap(({ lower }) => [...lower]))];
  if (letters.length + firstLetter > 1 << columnBits)
    throw new RangeError('header names have more letters than columns');
  for (const [code, lower] of tokenLower.entries()) {
    if (lower > 0) columnOfCode[code] = letters.indexOf(String.fromCharCode(lower)) + firstLetter;
  }
  const rows: number[][] = [[], [], []];
  const idOf: number[] = [0, 0, 0];
  for (const { id, lower } of names) {
    let state = nameBegin;
    for (const letter of lower) {
      const row = rows[state] ?? [];
      const column = letters.indexOf(letter) + firstLetter;
      const known = row[column];
      state = known ?? rows.push([]) - 1;
      row[column] = state;
    }
    idOf[state] = id;
  }
  const table = new Uint16Array(rows.length << columnBits);
  for (const [state, row] of rows.entries()) {
    for (let column = 1; column < 1 << columnBits; column++) {
      table[(state << columnBits) | column] = row[column] ?? lost;
    }
  }
  return {
    steps: table,
    ids: Uint8Array.from({ length: rows.length }, (_unused, state) => idOf[state] ?? 0),
  };
}
