/** One step of a path: a key, an index, or the place behind the last element (`[]`). */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'append' };

export interface JsonPath {
  readonly name: string;
  readonly steps: readonly Step[];
  /** `.keys`, `.values` at its end. */
  readonly each: 'keys' | 'values' | undefined;
}

/** Stands in front of a character that has no meaning, because it came from a variable. */
const mark = '\0';

export function quote(value: string): string {
  return value.replace(/[\0/[\].]/g, (character) => mark + character);
}

/** One name, key or index; a marked character is one of it. */
const piece = (others: string) => `((?:\0[\\s\\S]|[^\0${others}])*)`;

/**
 * Reads `name/key[index].keys`. `hasSuffix`: a dot ends a name or key, from 3.0 on. Errors: throws for a path that is
 * none.
 */
export function readPath(text: string, hasSuffix: boolean): JsonPath {
  const others = hasSuffix ? '/[.' : '/[';
  const start = new RegExp(piece(`${others.replace('[', '\\[')}`), 'y');
  const step = new RegExp(
    `/${piece(others.replace('[', '\\['))}|\\[${piece('\\]')}\\]|\\.(keys|values)$`,
    'y',
  );
  const name = plain(start.exec(text)?.[1] ?? '');
  const steps: Step[] = [];
  let each: JsonPath['each'];
  for (let at = start.lastIndex; at < text.length; at = step.lastIndex) {
    step.lastIndex = at;
    const [, key, index, suffix] = step.exec(text) ?? bad(text, at);
    if (key !== undefined) steps.push({ kind: 'key', key: plain(key) });
    else if (index !== undefined) steps.push(indexStep(plain(index)));
    else each = suffix === 'keys' ? 'keys' : 'values';
  }
  return { name, steps, each };
}

function indexStep(text: string): Step {
  if (text.trim() === '') return { kind: 'append' };
  const [digits] = /^\s*[-+]?\d+/.exec(text) ?? [];
  if (digits === undefined) throw new Error(`index value is not an integer: [${text}]`);
  return { kind: 'index', index: Number(digits) };
}

function plain(text: string): string {
  return text.replace(/\0([\s\S])/g, '$1');
}

function bad(text: string, at: number): never {
  throw new Error(`unexpected character at position ${at} in (${plain(text)})`);
}
