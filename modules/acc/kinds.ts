/** Where accounts are written to; `aaa` of OpenSIPS is not among them, as there is no module of that kind. */
export type Backend = 'log' | 'db' | 'evi';

export const backends: readonly Backend[] = ['evi', 'log', 'db'];

/** What a backend is to write, as bits. `answered` stands wherever any other does. */
export const kind = { answered: 1, cdr: 2, missed: 4, failed: 8 } as const;

const everyKind = kind.answered | kind.cdr | kind.missed | kind.failed;

/** What each backend writes of one request. */
export type Kinds = Record<Backend, number>;

export function noKinds(): Kinds {
  return { log: 0, db: 0, evi: 0 };
}

/** Whether any backend has one of these bits. */
export function anyHas(kinds: Readonly<Kinds>, bits: number): boolean {
  return ((kinds.log | kinds.db | kinds.evi) & bits) !== 0;
}

/** What keeps a backend or a flag from being used; undefined where nothing does. */
export type Obstacle = (word: string) => string | undefined;

/**
 * `log|db` → backends, in any case and with blanks around each word (acc_logic.c: do_acc_type_parser). Errors: a word
 * that is none, or one with an obstacle.
 */
export function parseBackends(text: string, obstacle: Obstacle): readonly Backend[] {
  return words(text).map((word) => {
    const why = obstacle(word);
    if (why !== undefined) throw new Error(why);
    const backend = backends.find((name) => name === word);
    if (backend === undefined) throw new Error(`invalid accounting backend: <${word}>!`);
    return backend;
  });
}

/** `missed|failed` → bits (do_acc_flags_parser). Errors: a word that is none. */
export function parseFlags(text: string): number {
  let bits = 0;
  for (const word of words(text)) {
    if (word !== 'cdr' && word !== 'missed' && word !== 'failed') throw new Error(`invalid flag: <${word}>!`);
    bits |= kind[word];
  }
  return bits;
}

function words(text: string): readonly string[] {
  if (text === '') throw new Error('Invalid value <>!');
  return text.split('|').map((word) => word.trim().toLowerCase());
}

export function addKinds(kinds: Kinds, to: readonly Backend[], flags: number): void {
  for (const backend of to) kinds[backend] |= kind.answered | flags;
}

/** How drop_accounting takes bits away; it has changed twice. */
export type DropRule = (kinds: Kinds, from: readonly Backend[], flags: number | undefined) => void;

/** Up to 3.0: the flags named, and `answered` too where none is named. */
const dropFlags: DropRule = (kinds, from, flags = everyKind) => {
  for (const backend of from) kinds[backend] &= ~flags;
};

/** In 3.1 a backend that is named is off, whatever the flags. */
const dropBackends: DropRule = (kinds, from, flags) => {
  dropFlags(kinds, from, flags);
  for (const backend of from) kinds[backend] &= ~kind.answered;
};

/** Since 3.2: every backend that has no flag left is off, also one that was not named (acc_logic.h: acc_bitmask_reset). */
const dropBare: DropRule = (kinds, from, flags) => {
  dropFlags(kinds, from, flags);
  for (const backend of backends) if (kinds[backend] === kind.answered) kinds[backend] = 0;
};

export function dropRuleOf(version: (since: string) => boolean): DropRule {
  if (version('3.2')) return dropBare;
  return version('3.1') ? dropBackends : dropFlags;
}
