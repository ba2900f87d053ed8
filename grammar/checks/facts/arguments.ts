import type { Argument } from '../../ast.ts';
import type { FunctionFacts } from '../../catalogue.ts';

/** Why arguments do not fit a function. */
export type ArgumentFault =
  | { readonly kind: 'count'; readonly given: number; readonly counts: string }
  | { readonly kind: 'argument'; readonly index: number; readonly expected: string }
  /** Nothing stands where something has to. */
  | { readonly kind: 'omitted'; readonly index: number };

/**
 * How strictly kinds are taken: `lenient` also takes the forms of 2.x, where every argument is quoted
 * (`"200"` for an integer, `"$avp(x)"` for a variable).
 */
type Strictness = 'strict' | 'lenient';

/** Undefined where the arguments fit parameters of these kinds (`i`, `s=`, `v?`, …; see CommandSignature). */
export function faultOf(
  given: readonly Argument[],
  kinds: readonly string[],
  strictness: Strictness,
): ArgumentFault | undefined {
  const least = kinds.findLastIndex((kind) => !kind.includes('?')) + 1;
  if (given.length < least || given.length > kinds.length) {
    return { kind: 'count', given: given.length, counts: countsText(least, kinds.length) };
  }
  for (const [index, kind] of kinds.entries()) {
    const argument = given[index];
    if (argument?.kind === 'EmptyArgument' && !kind.includes('?')) return { kind: 'omitted', index };
    if (argument && !fitsKind(argument, kind, strictness)) {
      return { kind: 'argument', index, expected: expectedText(kind) };
    }
  }
  return undefined;
}

/** Undefined where the arguments fit what some version of OpenSIPS accepts there. */
export function faultByCatalogue(
  given: readonly Argument[],
  facts: FunctionFacts,
  strictness: Strictness,
): ArgumentFault | undefined {
  if (facts.params) return faultOf(given, facts.params, strictness);
  if (facts.forms) return faultOfForms(given, facts.forms);
  return faultOfQuoted(given, facts);
}

/** Module functions up to 2.4: quoted strings or nothing. */
function faultOfQuoted(given: readonly Argument[], facts: FunctionFacts): ArgumentFault | undefined {
  const counts = facts.counts ?? range(facts.min, facts.max);
  if (!counts.includes(given.length)) return { kind: 'count', given: given.length, counts: listText(counts) };
  const index = given.findIndex((one) => one.kind !== 'String' && one.kind !== 'EmptyArgument');
  return index < 0 ? undefined : { kind: 'argument', index, expected: 'a string' };
}

/** Core functions up to 3.0, each with a syntax of its own. */
function faultOfForms(given: readonly Argument[], forms: readonly string[]): ArgumentFault | undefined {
  const ways = forms.map((form) => (form === '' ? [] : form.split(',')));
  const fitting = ways.filter((kinds) => kinds.length === given.length);
  if (fitting.length === 0) {
    const counts = [...new Set(ways.map((kinds) => kinds.length))].sort((a, b) => a - b);
    return { kind: 'count', given: given.length, counts: listText(counts) };
  }
  if (fitting.some((kinds) => given.every((one, index) => fitsFormKind(one, kinds[index])))) return undefined;
  const index = given.findIndex((one, at) => !fitting.some((kinds) => fitsFormKind(one, kinds[at])));
  const at = Math.max(index, 0);
  const expected = [...new Set(fitting.map((kinds) => formKindText[kinds[at] ?? ''] ?? 'another value'))];
  return { kind: 'argument', index: at, expected: expected.join(' or ') };
}

const formKindText: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  id: 'a bare name',
  var: 'a variable',
  socket: 'a socket',
  address: 'an address',
};

function fitsFormKind(argument: Argument, kind: string | undefined): boolean {
  switch (kind) {
    case 'string':
      return argument.kind === 'String';
    case 'number':
      return argument.kind === 'Number';
    case 'id':
      return argument.kind === 'Word' || (argument.kind === 'Host' && argument.form === 'name');
    case 'var':
      return argument.kind === 'Variable';
    case 'socket':
      return argument.kind === 'SocketName';
    case 'address':
      return argument.kind === 'Host' || argument.kind === 'IpNetwork' || argument.kind === 'String';
    default:
      return false;
  }
}

function fitsKind(argument: Argument, kind: string, strictness: Strictness): boolean {
  // What could not be read has its own finding.
  if (argument.kind === 'BrokenExpression' || argument.kind === 'EmptyArgument') return true;
  const constant = kind.includes('=');
  if (argument.kind === 'Variable') return !constant;
  switch (kind[0]) {
    case 'i':
      return (
        argument.kind === 'Number' ||
        (strictness === 'lenient' && argument.kind === 'String' && isQuotedNumber(argument.value))
      );
    case 'v':
      return strictness === 'lenient' && argument.kind === 'String' && argument.value.startsWith('$');
    case 's':
      return argument.kind === 'String' && !(constant && !kind.includes('!') && hasVariable(argument.value));
    default:
      return argument.kind === 'String';
  }
}

/** A number as text, or a text that is made from variables and so may become one. */
function isQuotedNumber(text: string): boolean {
  return /^\s*[-+]?(0[xX][0-9a-fA-F]+|\d+)\s*$/.test(text) || text.includes('$');
}

const hasVariable = (text: string) => /\$(?!\$|$)/.test(text);

/** What a parameter of this kind takes, for messages. */
function expectedText(kind: string): string {
  const constant = kind.includes('=');
  switch (kind[0]) {
    case 'i':
      return constant ? 'an integer' : 'an integer or variable';
    case 'v':
      return 'a variable';
    case 's':
      return constant ? 'a string without variables' : 'a string or variable';
    default:
      return 'a regular expression between quotes, or a variable';
  }
}

function countsText(least: number, most: number): string {
  return listText(range(least, most));
}

function listText(counts: readonly number[]): string {
  const [first = 0] = counts;
  const last = counts.at(-1) ?? first;
  if (last === 0) return 'no arguments';
  const numbers =
    counts.length <= 1
      ? `${first}`
      : counts.length === last - first + 1 && counts.length > 2
        ? `${first} to ${last}`
        : `${counts.slice(0, -1).join(', ')} or ${last}`;
  return `${numbers} argument${last === 1 && first === 1 ? '' : 's'}`;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
