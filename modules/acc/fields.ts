import type { Accounting, TagValues } from './accounting.ts';
import type { Backend } from './kinds.ts';
import type { Occurrence } from './occurrence.ts';

/** A value that a backend writes beside those that all have. */
interface Field {
  /** What the backend calls it: a word of the line, a column, a parameter of the event. */
  readonly name: string;
  readonly tag: number;
}

/** The values of a backend beside the core ones. */
export interface BackendFields {
  /** The names, as many as each of the lists of values has. */
  readonly extraNames: readonly string[];
  readonly legNames: readonly string[];
  /** NULL is ''. Undefined where nothing is accounted beside the core values. */
  extra(occurrence: Occurrence): readonly string[] | undefined;
  /** The values of each leg; undefined where there are no legs. */
  legs(occurrence: Occurrence): readonly (readonly string[])[] | undefined;
  /** Both of a call, read at its end; what messages are needed for is read now. */
  ofCall(occurrence: Occurrence): () => FieldValues;
}

export interface FieldValues {
  readonly extra: readonly string[] | undefined;
  readonly legs: readonly (readonly string[])[] | undefined;
}

/** The tags of `$acc_extra` or `$acc_leg`, and the fields of each backend that show them. */
export interface TagFields {
  readonly tags: readonly string[];
  readonly fields: Readonly<Record<Backend, readonly Field[]>>;
  /** Tags that a backend has twice; the first definition counts. */
  readonly repeated: readonly string[];
}

/**
 * extra_fields or leg_fields, one text a `modparam` line: `log: src; destination->dst` (acc_extra.c:
 * parse_acc_list_generic). Errors: a text without a backend, or with one that there is not.
 */
export function parseTagFields(texts: readonly string[]): TagFields {
  const tags: string[] = [];
  const fields: Record<Backend | 'aaa', Field[]> = { log: [], db: [], evi: [], aaa: [] };
  const repeated: string[] = [];
  for (const text of texts) {
    const colon = text.indexOf(':');
    if (colon < 0) throw new Error(`no backend with a colon stands in front of '${text.trim()}'`);
    const backend = text.slice(0, colon).trim();
    if (!isBackend(backend)) throw new Error(`invalid backend <${backend}>`);
    for (const [tag, name] of tagsOf(text.slice(colon + 1))) {
      const known = tags.indexOf(tag);
      const number = known < 0 ? tags.push(tag) - 1 : known;
      if (fields[backend].some((field) => field.tag === number)) repeated.push(tag);
      else fields[backend].push({ name, tag: number });
    }
  }
  return { tags, fields, repeated };
}

function isBackend(word: string): word is Backend | 'aaa' {
  return word === 'log' || word === 'db' || word === 'evi' || word === 'aaa';
}

/** `a; b->c` → a as a, b as c. */
function tagsOf(list: string): readonly (readonly [tag: string, name: string])[] {
  const words = list.split(';').map((word) => word.trim());
  const end = words.indexOf('');
  return words.slice(0, end < 0 ? undefined : end).map((word) => {
    const arrow = word.indexOf('->');
    if (arrow < 0) return [word, word];
    return [word.slice(0, arrow).trim(), word.slice(arrow + 2).trim()];
  });
}

/** What a backend writes of the values that the script has set with `$acc_extra` and `$acc_leg`. */
export function tagFieldsOf(backend: Backend, extra: TagFields, leg: TagFields): BackendFields {
  const extraFields = extra.fields[backend];
  const legFields = leg.fields[backend];
  const extraOf = (accounting: Accounting | undefined) =>
    accounting && valuesOf(extraFields, accounting.extra);
  const legsWith = (accounting: Accounting | undefined) =>
    legsOf(accounting)?.map((values) => valuesOf(legFields, values));
  return {
    extraNames: extraFields.map(({ name }) => name),
    legNames: legFields.map(({ name }) => name),
    extra: ({ accounting }) => extraOf(accounting),
    legs: ({ accounting }) => legsWith(accounting),
    ofCall:
      ({ accounting }) =>
      () => ({ extra: extraOf(accounting), legs: legsWith(accounting) }),
  };
}

function legsOf(accounting: Accounting | undefined): readonly TagValues[] | undefined {
  return accounting && accounting.legs.length > 0 ? accounting.legs : undefined;
}

function valuesOf(fields: readonly Field[], values: TagValues): readonly string[] {
  return fields.map(({ tag }) => values[tag] ?? '');
}
