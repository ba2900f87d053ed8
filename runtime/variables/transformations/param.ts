import type { TransformationEntry } from '../entries.ts';
import { sameText } from '../text.ts';
import { integerArgument, ofFilledText, textArgument } from './entry.ts';

interface Param {
  readonly name: string;
  /** Undefined without `=`. */
  readonly value: string | undefined;
}

/** Parameters between semicolons in the order written; values may be quoted. Undefined where they cannot be read. */
export function readParamList(text: string): readonly Param[] | undefined {
  const params: Param[] = [];
  const one = /\s*([^\s=;"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([^;"]*)))?\s*(?:;|$)/y;
  let rest = text.replace(/^[\s;]+/, '');
  while (rest !== '') {
    one.lastIndex = 0;
    const found = one.exec(rest);
    if (!found) return undefined;
    params.push({ name: found[1] ?? '', value: found[2] ?? found[3]?.trim() });
    rest = rest.slice(found[0].length).replace(/^[\s;]+/, '');
  }
  return params.length > 0 ? params : undefined;
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
