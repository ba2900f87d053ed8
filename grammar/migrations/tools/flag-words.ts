/** How flags in an argument are written since 3.4: from a sum of bits, or from letters. Undefined: not of that form. */
export type Words = (text: string) => readonly string[] | undefined;

/** Each word is the bit of its place. */
export function ofBits(...words: readonly (string | undefined)[]): Words {
  return (text) => {
    if (!/^\s*(?:0x[0-9a-f]+|\d+)\s*$/i.test(text)) return undefined;
    const sum = Number(text);
    const known = words.flatMap((word, place) => (sum & (1 << place) && word !== undefined ? [word] : []));
    return sum >= 1 << words.length ? undefined : known;
  };
}

/** A letter, with digits behind it where its word ends with `=`, is a word; `form` matches one of them. */
export function ofLetters(form: RegExp, words: Readonly<Record<string, string>>): Words {
  return (text) => {
    if (!new RegExp(`^(?:${form.source})+$`).test(text)) return undefined;
    return Array.from(text.matchAll(new RegExp(form.source, 'g')), ([flag]) => {
      const [letter = ''] = flag;
      const word = words[flag] ?? words[letter] ?? flag;
      return word.endsWith('=') ? `${word}${flag.slice(1) || '0'}` : word;
    });
  };
}

/** What a dialog is made with, by letters up to 3.6; unknown ones were passed over. */
export const dialogWords: Words = (text) => {
  if (!/^[a-zA-Z]*$/.test(text)) return undefined;
  return Object.entries(dialogLetters).flatMap(([letter, word]) => (text.includes(letter) ? [word] : []));
};

const dialogLetters: Readonly<Record<string, string>> = {
  B: 'bye-on-timeout',
  P: 'options-ping-caller',
  p: 'options-ping-callee',
  R: 'reinvite-ping-caller',
  r: 'reinvite-ping-callee',
  E: 'end-on-race-condition',
};
