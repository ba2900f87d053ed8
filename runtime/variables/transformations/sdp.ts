import type { TransformationEntry } from '../entries.ts';
import { integerArgument, ofFilledText, textArgument } from './entry.ts';

/** A session description in pieces (RFC 8866 §5): the session's lines, then one piece from each `m=` line on. */
function sections(text: string): readonly string[] {
  return text.split(/(?<=^|\n)(?=m=)/);
}

/** Behind `m=`: `audio`, `video`, … */
function mediaOf(section: string): string | undefined {
  return /^m=(\S+)/.exec(section)?.[1];
}

/** The line of that number, from 0, that begins with a letter and `=`; without its line end. */
function lineOf(text: string, letter: string, index: number): string | null {
  return text.split(/\r\n|\n|\r/).filter((line) => line.startsWith(`${letter}=`))[index] ?? null;
}

export const sdpTransformations: Readonly<Record<string, TransformationEntry>> = {
  'sdp.line': ofFilledText(
    'a line by its letter, and by its number from 0 on',
    (text, args) => {
      const letter = textArgument(args, 0)?.slice(0, 1);
      const index = integerArgument(args, 1) ?? 0;
      return letter && index >= 0 ? lineOf(text, letter, index) : null;
    },
    { args: ['string', 'int'], min: 1 },
  ),
  'sdp.stream': ofFilledText(
    'the lines of a medium',
    (text, args) => sections(text).find((section) => mediaOf(section) === textArgument(args, 0)) ?? null,
    { args: ['string'], since: '3.0' },
  ),
  'sdp.stream-delete': ofFilledText(
    'all without the lines of a medium; NULL where it is not there',
    (text, args) => {
      const all = sections(text);
      const at = all.findIndex((section) => mediaOf(section) === textArgument(args, 0));
      return at < 0 ? null : all.filter((_section, index) => index !== at).join('');
    },
    { args: ['string'], since: '3.0' },
  ),
};
