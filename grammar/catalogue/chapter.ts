import { newestVersion, oldestVersion } from '../versions/order.ts';
import type { Dated, FactKind, FactsByKind, Lifetime, ModuleFacts } from './facts.ts';

/** The lines under one `module` line: the core's, or one module's. Only the lines asked for are decoded. */
export interface Chapter extends Lifetime, ModuleFacts {
  /** `core`, or the module's name. */
  readonly name: string;
  /** The names of that kind, in the data's order, each once. */
  names(kind: FactKind): readonly string[];
  /** What is known of a name, oldest first; empty where no version has it. */
  find<K extends FactKind>(kind: K, name: string): readonly Dated<FactsByKind[K]>[];
}

interface Line {
  readonly kind: string;
  readonly name: string;
  readonly range: string;
  /** JSON; empty where the line says no more than that the name exists. */
  readonly facts: string;
}

/**
 * Reads a chapter.
 *
 * @param text The lines from `module NAME …` up to the next such line.
 */
export function readChapter(text: string): Chapter {
  const [head = '', ...rest] = text.split('\n');
  const module = splitLine(head);
  const lifetime = readRange(module.range, { since: oldestVersion, until: newestVersion });
  const lines = groupByKindAndName(rest);
  return {
    name: module.name,
    ...lifetime,
    ...decode<ModuleFacts>(module.facts),
    names: (kind) => [...(lines.get(kind)?.keys() ?? [])],
    find: <K extends FactKind>(kind: K, name: string) =>
      (lines.get(kind)?.get(name) ?? []).map(({ range, facts }) => ({
        ...decode<FactsByKind[K]>(facts),
        ...readRange(range, lifetime),
      })),
  };
}

function groupByKindAndName(lines: readonly string[]): Map<string, Map<string, Line[]>> {
  const groups = new Map<string, Map<string, Line[]>>();
  for (const text of lines) {
    if (text === '') continue;
    const line = splitLine(text);
    const names = groups.get(line.kind) ?? new Map<string, Line[]>();
    groups.set(line.kind, names);
    const same = names.get(line.name);
    if (same) same.push(line);
    else names.set(line.name, [line]);
  }
  return groups;
}

/** `kind name range json`; the JSON may contain blanks, or be absent. */
function splitLine(text: string): Line {
  const [kind = '', name = '', range = ''] = text.split(' ', 3);
  return { kind, name, range, facts: text.slice(kind.length + name.length + range.length + 3) };
}

/** `*` as the parent, `3.0` one version, `2.2-3.0`, `3.1-`, `-2.4`. */
function readRange(range: string, parent: Lifetime): Lifetime {
  if (range === '*') return parent;
  const [since = '', until = since] = range.split('-');
  return { since: since || parent.since, until: until || parent.until };
}

function decode<T>(json: string): T {
  const facts: T = JSON.parse(json || '{}');
  return facts;
}
