import type { Catalogue, ChangeFacts, Dated, RenameFacts } from '../catalogue.ts';
import { suggestions } from '../findings/suggest.ts';
import { inRange } from '../versions/order.ts';
import {
  type EntryKind,
  entryKinds,
  type Known,
  knownOf,
  namesOf,
  type Ours,
  oursOf,
  ownersHere,
} from './kinds.ts';
import type { Knowledge } from './knowledge.ts';
import { type Query, readQuery } from './query.ts';

/** What is known of one thing of one owner. */
export interface ReferenceEntry {
  readonly kind: EntryKind;
  readonly name: string;
  /** `core`, or the module. */
  readonly owner: string;
  /** OpenSIPS's, oldest first, one for each range of versions; empty where only tsips has it. */
  readonly opensips: readonly Omit<Known, 'owner'>[];
  /** What branches changed behind their first release. */
  readonly changes: readonly Dated<ChangeFacts>[];
  /** What took its place. */
  readonly successor?: RenameFacts;
  /** Its names of earlier versions. */
  readonly formerly: readonly string[];
  /** What this host has of it; undefined: it does not have it. */
  readonly tsips: Ours | undefined;
}

export interface Found {
  /** As it was asked for. */
  readonly asked: string;
  /** Empty where nobody knows the name. */
  readonly entries: readonly ReferenceEntry[];
  /** What may have been meant; only where there are no entries. */
  readonly near: readonly string[];
  /** The version asked for has none of the entries: they are those of others. */
  readonly notInVersion: boolean;
}

/**
 * Finds all entries of a name, of all kinds and owners.
 *
 * @param text As it is written: `tm:fr_timeout`, `fr_timeout`, `$ru`, `{s.len}`, `t_relay()`, `tm`.
 * @param version Only what this OpenSIPS version has; where it has none of them, all are told.
 */
export function findEntries(text: string, knowledge: Knowledge, version?: string): Found {
  const query = readQuery(text);
  const all = entriesOf(query, knowledge);
  if (all.length === 0) {
    return { asked: text, entries: [], near: nearNames(query, knowledge), notInVersion: false };
  }
  if (version === undefined) return { asked: text, entries: all, near: [], notInVersion: false };
  const narrowed = all.flatMap((entry) => narrow(entry, version));
  const notInVersion = narrowed.length === 0;
  return { asked: text, entries: notInVersion ? all : narrowed, near: [], notInVersion };
}

function entriesOf({ name, owner, kinds = entryKinds }: Query, knowledge: Knowledge): ReferenceEntry[] {
  const entries = kinds.flatMap((kind) => {
    const known = knownOf(kind, name, knowledge.catalogue);
    const owners = [...known.map((one) => one.owner), ...ownersHere(kind, name, knowledge)];
    return [...new Set(owners)]
      .filter((one) => owner === undefined || one === owner)
      .map((one) => entryOf(kind, name, one, known, knowledge));
  });
  // The entry of a function says whether it may stand in async().
  const plain = new Set(entries.flatMap((entry) => (entry.kind === 'function' ? [entry.owner] : [])));
  return entries.filter((entry) => entry.kind !== 'async' || !plain.has(entry.owner));
}

function entryOf(
  kind: EntryKind,
  name: string,
  owner: string,
  known: readonly Known[],
  knowledge: Knowledge,
): ReferenceEntry {
  const { catalogue } = knowledge;
  const opensips = known
    .filter((one) => one.owner === owner)
    .map(({ since, until, facts }) => ({ since, until, facts }));
  const successor = renameOf(kind, name, owner, catalogue);
  return {
    kind,
    name,
    owner,
    opensips,
    changes: kind === 'module' ? [] : catalogue.changes(owner, kind, name),
    ...(successor && { successor }),
    formerly: formerNames(kind, name, owner, catalogue),
    tsips: oursOf(kind, name, owner, knowledge),
  };
}

function renameOf(
  kind: EntryKind,
  name: string,
  owner: string,
  catalogue: Catalogue,
): RenameFacts | undefined {
  if (kind === 'mi') return newerCommand(name, owner, catalogue);
  if (kind === 'transformation' || kind === 'event' || kind === 'stat') return undefined;
  const what = kind === 'async' ? 'function' : kind;
  const ofModule = owner === 'core' || kind === 'module' ? undefined : owner;
  return catalogue.renamed(what, name, ofModule);
}

/** A management command of 4.0 has its earlier name as an alias. */
function newerCommand(name: string, owner: string, catalogue: Catalogue): RenameFacts | undefined {
  const chapter = owner === 'core' ? catalogue.core : catalogue.module(owner);
  const to = chapter
    ?.names('mi')
    .find((one) => chapter.find('mi', one).some(({ aliases = [] }) => aliases.includes(name)));
  return to === undefined ? undefined : { to };
}

/** The names that lead to this one; the line of a rename says `kind:from` or `kind:module:from`. */
function formerNames(kind: EntryKind, name: string, owner: string, { core }: Catalogue): string[] {
  const what = kind === 'async' ? 'function' : kind;
  return core.names('rename').flatMap((key) => {
    const [of, ...path] = key.split(':');
    const from = path.at(-1);
    const module = path.length > 1 ? path[0] : 'core';
    const [rename] = core.find('rename', key);
    if (of !== what || from === undefined || !rename || rename.to !== name) return [];
    const now = rename.toModule ?? (kind === 'module' ? name : module);
    if (now !== owner) return [];
    const moved = module !== owner && module !== 'core' && kind !== 'module';
    return [moved ? `${module}:${from}` : from];
  });
}

/** What is left of an entry in one version; nothing where that does not have it. */
function narrow(entry: ReferenceEntry, version: string): readonly ReferenceEntry[] {
  const opensips = entry.opensips.filter((one) => inRange(version, one));
  if (opensips.length === 0 && entry.opensips.length > 0) return [];
  return [{ ...entry, opensips, changes: entry.changes.filter((one) => inRange(version, one)) }];
}

function nearNames({ name, owner, kinds = entryKinds }: Query, knowledge: Knowledge): string[] {
  const names = kinds.flatMap((kind) => namesOf(kind, knowledge));
  if (owner === undefined) return suggestions(name, names);
  const ofOwner = names.filter((one) => entriesOf({ name: one, owner, kinds }, knowledge).length > 0);
  const near = suggestions(name, ofOwner).map((one) => `${owner}:${one}`);
  return near.length > 0
    ? near
    : suggestions(owner, namesOf('module', knowledge)).map((one) => `${one}:${name}`);
}
