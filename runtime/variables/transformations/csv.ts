import type { TransformationEntry } from '../entries.ts';
import { integerArgument, ofFilledText } from './entry.ts';

/** The values of one record of RFC 4180: quoted ones with doubled quotes inside; undefined where quotes do not fit. */
function readCsv(text: string): readonly string[] | undefined {
  const values: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const found = /^"((?:[^"]|"")*)"(?=,|$)/.exec(text.slice(at));
      if (!found) return undefined;
      values.push((found[1] ?? '').replaceAll('""', '"'));
      at += found[0].length;
    } else {
      const end = text.indexOf(',', at);
      values.push(text.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? text.length : end;
    }
    if (at >= text.length) return values;
    at++;
  }
}

export const csvTransformations: Readonly<Record<string, TransformationEntry>> = {
  'csv.count': ofFilledText('how many values', (text) => readCsv(text)?.length ?? null),
  'csv.value': ofFilledText(
    'a value by its position, from 0; negative ones count from the end',
    (text, args) => {
      const index = integerArgument(args, 0);
      return index === undefined ? null : (readCsv(text)?.at(index) ?? null);
    },
    { args: ['int'] },
  ),
};
