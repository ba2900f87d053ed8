/**
 * From one OpenSIPS version to a newer one: edits of the text that leave every other byte as it is, and a list of what
 * was done and of what only its author can do.
 */

import type { Span } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './findings/diagnostics.ts';
import { migrationRules } from './migrations/index.ts';
import {
  createContext,
  type Done,
  type Left,
  type MigrationContext,
  type Noted,
  type Step,
} from './migrations/tools/context.ts';
import { EditedFiles } from './migrations/tools/files.ts';
import { marksOf } from './migrations/tools/marks.ts';
import { createParser, type ParseResult } from './parse/parse.ts';
import type { ReadInclude } from './text/include.ts';
import type { Position, Source } from './text/source.ts';
import { compareVersions, guessVersion, oldestVersion, type VersionGuess } from './versions/versions.ts';

export interface MigrationOptions {
  /** The file's name, usually its path. */
  readonly name: string;
  readonly catalogue: Catalogue;
  /** The version that the file is for; absent: guessed. */
  readonly from?: string;
  /** The version that it shall be for. */
  readonly to: string;
  readonly read?: ReadInclude;
  /** For many texts: a parser that has been made. */
  readonly parse?: ReturnType<typeof createParser>;
}

/** One change, at its place in the file as it was. */
export interface MigrationChange extends Position {
  readonly message: string;
}

/** Something whose words stay and mean something else, at its place in the file as it was. */
export type MigrationNote = MigrationChange;

/** Something that was left, with what its author can do. */
export interface MigrationLeftover extends Position {
  readonly reason: string;
  readonly advice: string;
}

export interface MigratedFile {
  readonly name: string;
  readonly before: string;
  readonly text: string;
}

export interface Migration {
  readonly from: string;
  readonly to: string;
  readonly guess: VersionGuess;
  /** The source as it was, for messages. */
  readonly source: Source;
  /** Every file that was read, changed or not; the first is the config itself. */
  readonly files: readonly MigratedFile[];
  readonly done: readonly MigrationChange[];
  readonly left: readonly MigrationLeftover[];
  readonly notes: readonly MigrationNote[];
}

/** A config is said to be for a newer version than it shall become. */
export class MigratesDownwards extends Error {
  readonly from: string;

  constructor(from: string, to: string) {
    super(`the config is for OpenSIPS ${from}: it is migrated upwards only, not to ${to}`);
    this.from = from;
  }
}

/**
 * Migrates a config and the files that it includes. What cannot be done is marked with a comment and listed; so is what
 * could not be read. A second run changes nothing. Errors: MigratesDownwards.
 * @param text one character a byte
 */
export function migrate(text: string, options: MigrationOptions): Migration {
  return draftMigration(text, options).finish();
}

/** A migration whose rules have run and which nobody has judged yet. */
export interface DraftMigration {
  /** The config as it has become. */
  readonly parsed: ParseResult;
  /**
   * Lists and marks what is left.
   * @param findings what the new version says of `parsed`; errors and warnings that no rule told of are listed too
   */
  finish(findings?: readonly Diagnostic[]): Migration;
}

/** The first half of `migrate()`, for a caller that has the result checked. Errors: MigratesDownwards. */
export function draftMigration(text: string, options: MigrationOptions): DraftMigration {
  return new Migrator(text, options).run();
}

class Migrator {
  readonly #options: MigrationOptions;
  readonly #text: string;
  readonly #parse: ReturnType<typeof createParser>;
  readonly #files = new EditedFiles();
  readonly #done: MigrationChange[] = [];
  readonly #notes: MigrationNote[] = [];
  readonly #first: ParseResult;
  readonly #guess: VersionGuess;
  readonly #from: string;
  #parsed: ParseResult;
  #context: MigrationContext;

  constructor(text: string, options: MigrationOptions) {
    this.#text = text;
    this.#options = options;
    this.#parse = options.parse ?? createParser();
    this.#first = this.#read();
    this.#parsed = this.#first;
    const { config, facts } = this.#first;
    this.#guess = guessVersion(config, options.catalogue, facts);
    this.#from = options.from ?? startOf(this.#guess, options.to);
    if (compareVersions(this.#from, options.to) > 0) throw new MigratesDownwards(this.#from, options.to);
    this.#context = this.#contextOf();
  }

  run(): DraftMigration {
    for (const rule of migrationRules) this.#apply(rule(this.#context));
    return { parsed: this.#parsed, finish: (findings = this.#parsed.diagnostics) => this.#finish(findings) };
  }

  #finish(findings: readonly Diagnostic[]): Migration {
    const left = this.#markLeft(findings);
    const { to } = this.#options;
    const files = filesOf(this.#first.source).map(({ name, text }) => ({
      name,
      before: text,
      text: this.#files.text(name) ?? text,
    }));
    return {
      from: this.#from,
      to,
      guess: this.#guess,
      source: this.#first.source,
      files,
      done: inOrder(this.#done),
      left,
      notes: inOrder(this.#notes),
    };
  }

  #read(): ParseResult {
    const { name, read } = this.#options;
    return this.#parse(this.#files.text(name) ?? this.#text, {
      name,
      read: (path, from) => this.#files.text(path) ?? read?.(path, from),
    });
  }

  #contextOf(): MigrationContext {
    const { catalogue, to } = this.#options;
    const oldest = this.#guess.candidates[0] ?? oldestVersion;
    return createContext(this.#parsed, { catalogue, from: this.#from, to, oldest });
  }

  #apply(steps: readonly Step[]): void {
    const changes = steps.filter((step) => step.kind === 'done');
    const notes = steps.filter((step) => step.kind === 'noted');
    const { source } = this.#parsed;
    const told = ({ span, message }: Done | Noted) => ({
      ...this.#files.placeBefore(source, span.start),
      message,
    });
    this.#done.push(...changes.map(told));
    this.#notes.push(...notes.map(told));
    if (changes.length === 0) return;
    const edits = changes.flatMap((step) => step.edits);
    this.#files.edit(source, edits);
    this.#parsed = this.#read();
    this.#context = this.#contextOf();
  }

  /** Asks all rules again of the text as it has become: what they could not do stands in it still. */
  #markLeft(findings: readonly Diagnostic[]): readonly MigrationLeftover[] {
    const { source, diagnostics } = this.#parsed;
    const context = this.#context;
    const steps = migrationRules.flatMap((rule) => rule(context));
    const found = onceEach(steps.filter((step) => step.kind === 'left'));
    const untold = onceEach(findings.filter((finding) => isUntold(finding, found)).map(asLeft));
    const left = [...found, ...untold]
      .sort((one, other) => one.span.start - other.span.start)
      .map(({ span, reason, advice }) => ({
        ...this.#files.placeBefore(source, span.start),
        reason,
        advice,
      }));
    // A comment in what could not be read might stand within a string.
    const unread = new Set(diagnostics.map(({ span }) => span.start));
    const places = untold.filter(({ span }) => span.end > 0 && !unread.has(span.start));
    this.#files.edit(source, marksOf(context, [...found, ...places]));
    return left;
  }
}

/** What the new version says beyond what a rule has told of the same words. */
function isUntold({ severity, span }: Diagnostic, told: readonly Left[]): boolean {
  if (severity === 'note') return false;
  return !told.some((one) => isOf(span, one.span));
}

function asLeft({ span, message, help }: Diagnostic): Left {
  return { kind: 'left', span, reason: message, advice: help };
}

/** The newest version that fits and is not above the one wanted; of a file for a newer one all that is newer is left. */
function startOf({ candidates }: VersionGuess, to: string): string {
  return candidates.findLast((one) => compareVersions(one, to) <= 0) ?? to;
}

/** A place is told of once, by the rule that knows it best. */
function onceEach(found: readonly Left[]): readonly Left[] {
  const kept: Left[] = [];
  for (const one of found) if (!kept.some(({ span }) => isOf(one.span, span))) kept.push(one);
  return kept;
}

/** It begins with the other, or lies within it. */
function isOf({ start, end }: Span, outer: Span): boolean {
  return start === outer.start || (outer.start <= start && end <= outer.end);
}

/** Each once, however often it is included. */
function filesOf({ files }: Source): Source['files'] {
  return files.filter(({ name }, at) => files.findIndex((one) => one.name === name) === at);
}

/** By line; what was done to several files stays in the order of the files. */
function inOrder(changes: readonly MigrationChange[]): readonly MigrationChange[] {
  const files = [...new Set(changes.map(({ file }) => file))];
  return changes.toSorted(
    (one, other) =>
      files.indexOf(one.file) - files.indexOf(other.file) ||
      one.line - other.line ||
      one.column - other.column,
  );
}
