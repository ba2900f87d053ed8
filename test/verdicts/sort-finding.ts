import { type Catalogue, type Diagnostic, inRange, type Span, syntaxFeatures } from '../../grammar/index.ts';
import type { Kind } from './original.ts';

/** A finding of tsips as what is compared. */
export interface SortedFinding {
  readonly kind: Kind;
  /** What it is about: the name of a module, global or function, `parameter of module`. */
  readonly name?: string;
  /** A function exists, but not with such arguments; OpenSIPS says the same of both. */
  readonly ofForm?: true;
}

/** Errors that OpenSIPS calls `syntax error`. */
const ofGrammar: ReadonlySet<string> = new Set([
  'syntax-error',
  'missing-semicolon',
  'stray-semicolon',
  'missing-brace',
  'stray-brace',
  'empty-route',
  'empty-file',
  'slash-comment',
  'reserved-word',
  'break-outside-loop',
  'too-deeply-nested',
  'unterminated-string',
  'unterminated-variable',
  'global-wrong-type',
]);

/** Forms of which versions that lack them say something else than `syntax error`. */
const otherForms: ReadonlySet<string> = new Set([
  'missing import file',
  'missing include file in a comment',
  'include in the middle of a line',
  'text after an include',
]);

/** What a finding is about; undefined where that is not compared. */
export function sortFinding(
  { code, message, span, context }: Diagnostic,
  text: string,
  version: string,
  catalogue: Catalogue,
): SortedFinding | undefined {
  if (ofGrammar.has(code)) return { kind: 'syntax' };
  const written = text.slice(span.start, span.end).replace(/^["']|["']$/g, '');
  switch (code) {
    case 'unknown-global':
      return { kind: 'global', name: written };
    case 'module-not-found':
      return { kind: 'module', name: moduleOf(written) };
    case 'unknown-parameter':
      return { kind: 'parameter', name: `${written} of ${/^\S+/.exec(message)}` };
    case 'unknown-function':
      return { kind: 'function', name: written };
    case 'wrong-argument-count':
      return sortCount(nameAt(text, context ?? span), version, catalogue);
    case 'wrong-argument-kind':
      return isInGrammar(nameAt(text, context ?? span), version, catalogue)
        ? { kind: 'syntax' }
        : sortArgument(text.slice(span.start, span.end), version);
    case 'not-in-version':
      return sortMissing(/ would refuse this: (.*) exists /.exec(message)?.[1] ?? '', version, catalogue);
    default:
      return undefined;
  }
}

/** The function of a call. */
function nameAt(text: string, { start }: Span): string {
  return /^\w*/.exec(text.slice(start, start + 100))?.[0] ?? '';
}

function sortCount(name: string, version: string, catalogue: Catalogue): SortedFinding | undefined {
  if (isInGrammar(name, version, catalogue)) return { kind: 'syntax' };
  return isLookedUpByCount(version) ? { kind: 'function', name, ofForm: true } : undefined;
}

/** An argument as it is written: bare words are no arguments since 3.1, and up to 2.4 only strings are. */
function sortArgument(written: string, version: string): SortedFinding | undefined {
  if (/^[A-Za-z_]/.test(written)) return { kind: 'syntax' };
  if (!isLookedUpByCount(version) || /^["']/.test(written)) return undefined;
  // A bare number is counted as no argument.
  return /^\d/.test(written) ? { kind: 'function', ofForm: true } : { kind: 'syntax' };
}

/** The grammar of old versions has the functions of the core with the arguments that each takes. */
function isInGrammar(name: string, version: string, catalogue: Catalogue): boolean {
  return catalogue.core.find('function', name).some((facts) => facts.forms && inRange(version, facts));
}

/** The module that a `loadmodule` line names: folder and ending taken off. */
export function moduleOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, '');
}

/** Up to 2.4 a function is looked up by its name and the number of its arguments. */
function isLookedUpByCount(version: string): boolean {
  return version < '3';
}

/** @param what As `the module uri`, `the parameter db_flag of acc`, `esac`. */
function sortMissing(what: string, version: string, catalogue: Catalogue): SortedFinding | undefined {
  const [, kind, name = '', module = ''] =
    /^the (global parameter|module|parameter|function) (\S+)(?: of (\S+))?$/.exec(what) ?? [];
  switch (kind) {
    case 'global parameter':
      return isRefused(name, version, catalogue) ? undefined : { kind: 'global', name };
    case 'module':
    case 'function':
      return { kind, name };
    case 'parameter': {
      // Of a value of another type it is said that it is of the wrong type.
      const exists = catalogue.param(module, name).some((facts) => inRange(version, facts));
      return exists ? undefined : { kind, name: `${name} of ${module}` };
    }
    default:
      return sortForm(what, version, catalogue);
  }
}

/** A name that exists only to be refused with advice is no unknown one. */
function isRefused(name: string, version: string, catalogue: Catalogue): boolean {
  return catalogue.global(name).some((facts) => facts.refused === true && inRange(version, facts));
}

function sortForm(what: string, version: string, catalogue: Catalogue): SortedFinding | undefined {
  const [, keyword] = /^(listen|socket) keyword$/.exec(what) ?? [];
  if (keyword !== undefined) return { kind: 'global', name: keyword };
  if (what.endsWith(' as a name')) return { kind: 'syntax' };
  // A bare number is counted as no argument.
  if (what === 'number as function argument') return { kind: 'function', ofForm: true };
  if (Object.hasOwn(syntaxFeatures, what)) return otherForms.has(what) ? undefined : { kind: 'syntax' };
  const [, called] = /^(\S+)\(\) with these arguments$/.exec(what) ?? [];
  if (called === undefined) return undefined;
  if (isInGrammar(called, version, catalogue)) return { kind: 'syntax' };
  return isLookedUpByCount(version) ? { kind: 'function', name: called, ofForm: true } : undefined;
}
