import { isSpace, skipQuoted, skipSpace, trimEnd } from '../../sip/characters.ts';
import type { TransformationEntry } from '../entries.ts';
import { sameText } from '../text.ts';
import { integerArgument, ofFilledText, textArgument } from './entry.ts';

interface Param {
  readonly name: string;
  /** Undefined without `=`. */
  readonly value: string | undefined;
}

const DOUBLE_QUOTE = 34;
const SEMICOLON = 59;
const EQUALS = 61;

/** Parameters between semicolons in the order written; values may be quoted. Undefined where they cannot be read. */
export function readParamList(text: string): readonly Param[] | undefined {
  const params: Param[] = [];
  for (let at = skipEmpty(text, 0); at < text.length; ) {
    const behind = readParam(text, at, params);
    if (behind < 0) return undefined;
    at = skipEmpty(text, behind);
  }
  return params.length > 0 ? params : undefined;
}

/** White space and semicolons in front of a parameter. */
function skipEmpty(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) === SEMICOLON || isSpace(text.charCodeAt(at)))) at++;
  return at;
}

/** The offset of the semicolon behind the parameter at `from`, or the end of the text; -1 where it is malformed. */
function readParam(text: string, from: number, params: Param[]): number {
  const nameEnd = endOfName(text, from);
  if (nameEnd === from) return -1;
  const name = text.slice(from, nameEnd);
  const behindName = skipSpace(text, nameEnd, text.length);
  if (text.charCodeAt(behindName) !== EQUALS) {
    params.push({ name, value: undefined });
    return endOfParam(text, behindName);
  }
  const start = skipSpace(text, behindName + 1, text.length);
  const isQuoted = text.charCodeAt(start) === DOUBLE_QUOTE;
  const end = isQuoted ? skipQuoted(text, start, text.length) : endOfPlain(text, start);
  if (end < 0) return -1;
  params.push({
    name,
    value: isQuoted ? text.slice(start + 1, end - 1) : text.slice(start, trimEnd(text, start, end)),
  });
  return endOfParam(text, skipSpace(text, end, text.length));
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsName(text.charCodeAt(at))) at++;
  return at;
}

function endsName(code: number): boolean {
  return code === EQUALS || endsValue(code) || isSpace(code);
}

function endOfPlain(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsValue(text.charCodeAt(at))) at++;
  return at;
}

function endsValue(code: number): boolean {
  return code === SEMICOLON || code === DOUBLE_QUOTE;
}

/** `at`, where a parameter may end there; else -1. */
function endOfParam(text: string, at: number): number {
  return at === text.length || text.charCodeAt(at) === SEMICOLON ? at : -1;
}

/** A parameter by name in any letter case: its value, empty without one. */
export function paramValue(params: readonly Param[] | undefined, name: string): string | null {
  const found = params?.find((param) => sameText(param.name, name));
  return found ? (found.value ?? '') : null;
}

function exists(text: string, name: string | undefined): number | null {
  const params = readParamList(text);
  if (!params || name === undefined) return null;
  return params.some((param) => sameText(param.name, name)) ? 1 : 0;
}

export const paramTransformations: Readonly<Record<string, TransformationEntry>> = {
  'param.value': ofFilledText(
    'the value of a parameter by name',
    (text, args) => paramValue(readParamList(text), textArgument(args, 0) ?? ''),
    { args: ['string'] },
  ),
  'param.exist': ofFilledText(
    '1 where there is such a parameter',
    (text, args) => exists(text, textArgument(args, 0)),
    {
      args: ['string'],
    },
  ),
  'param.exists': ofFilledText(
    '1 where there is such a parameter',
    (text, args) => exists(text, textArgument(args, 0)),
    {
      args: ['string'],
      since: '3.4',
    },
  ),
  'param.valueat': ofFilledText(
    'the value of a parameter by its position, from 0',
    (text, args) => {
      const found = readParamList(text)?.at(integerArgument(args, 0) ?? 0);
      return found ? (found.value ?? '') : null;
    },
    { args: ['int'] },
  ),
  'param.name': ofFilledText(
    'the name of a parameter by its position, from 0',
    (text, args) => readParamList(text)?.at(integerArgument(args, 0) ?? 0)?.name ?? null,
    { args: ['int'] },
  ),
  'param.count': ofFilledText('how many parameters', (text) => readParamList(text)?.length ?? null),
};
