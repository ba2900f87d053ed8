import type { Command, Match, ModuleHost, RegularExpression } from '../../runtime/module-exports.ts';
import { patternOf } from './patterns.ts';
import type { Region, RegionOf } from './regions.ts';

type Host = Pick<ModuleHost, 'regularExpression' | 'log'>;

/** search_append and its like: a text behind the first match. */
export function appendBehind(host: Host, regionOf: RegionOf): Command {
  return {
    prepare([expression, text]) {
      const pattern = patternOf(host, expression);
      return (run) => {
        const region = regionOf(run.message);
        const found = region && pattern(run).find(region.text);
        if (!region || !found) return false;
        const place = region.start + found.end;
        run.message.edits.splice(place, place, String(text?.evaluate(run) ?? ''));
        return true;
      };
    },
  };
}

export function replaceFirst(host: Host, regionOf: RegionOf): Command {
  return {
    prepare([expression, text]) {
      const pattern = patternOf(host, expression);
      return (run) => {
        const region = regionOf(run.message);
        const found = region && pattern(run).find(region.text);
        if (!region || !found) return false;
        const replacement = String(text?.evaluate(run) ?? '');
        run.message.edits.splice(region.start + found.start, region.start + found.end, replacement);
        return true;
      };
    },
  };
}

/** Finds the match from a place on. */
type FindNext = (pattern: RegularExpression, text: string, from: number) => Match | undefined;

export const findByLine: FindNext = (pattern, text, from) => pattern.find(text, from);

/** The place behind a match is no start of a line, though a line end may be in front of it. */
export const findAtOnce: FindNext = (pattern, text, from) => {
  const found = pattern.find(text, from);
  if (from === 0 || found?.start !== from || text[from - 1] !== '\n') return found;
  const shifted = pattern.find(`x${text.slice(from)}`, 1);
  return shifted && { ...shifted, start: shifted.start + from - 1, end: shifted.end + from - 1 };
};

/** Every match; one of the empty text ends it with an error, what was replaced before stays. */
export function replaceEvery(host: Host, regionOf: RegionOf, findNext: FindNext): Command {
  return {
    prepare([expression, text]) {
      const pattern = patternOf(host, expression);
      return (run) => {
        const region = regionOf(run.message);
        if (!region) return false;
        const replacement = String(text?.evaluate(run) ?? '');
        return replaceIn(region, pattern(run), replacement, run.message.edits);
      };
    },
  };

  function replaceIn(
    { text, start }: Region,
    pattern: RegularExpression,
    replacement: string,
    edits: { splice(start: number, end: number, text: string): void },
  ): boolean {
    let replaced = false;
    for (let from = 0; from < text.length; ) {
      const found = findNext(pattern, text, from);
      if (!found) break;
      if (found.start === found.end) {
        host.log.error('replace_all', 'matched string is empty... invalid regexp?');
        return false;
      }
      edits.splice(start + found.start, start + found.end, replacement);
      from = found.end;
      replaced = true;
    }
    return replaced;
  }
}
