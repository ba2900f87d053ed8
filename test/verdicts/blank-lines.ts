import { type Catalogue, inRange } from '../../grammar/index.ts';

/**
 * The text without its lines of globals that a version does not take, or takes only to refuse them with advice; the
 * lines stay, empty. Socket lines stand as they are, as those who asked the original left them.
 */
export function blankRejectedGlobals(text: string, version: string, catalogue: Catalogue): string {
  return text
    .split('\n')
    .map((line) => (isRejected(/^\s*(\w+)\s*=/.exec(line)?.[1], version, catalogue) ? '' : line))
    .join('\n');
}

function isRejected(name: string | undefined, version: string, catalogue: Catalogue): boolean {
  if (name === undefined || name === 'listen' || name === 'socket') return false;
  const facts = catalogue.global(name).filter((one) => inRange(version, one));
  return facts.length === 0 || facts.every(({ refused }) => refused === true);
}

/** The first line of a socket whose keyword the version does not know, from 1. */
export function foreignSocketLine(text: string, version: string, catalogue: Catalogue): number | undefined {
  const at = text.split('\n').findIndex((line) => {
    const keyword = /^\s*(listen|socket)\s*=/.exec(line)?.[1];
    return keyword !== undefined && !catalogue.global(keyword).some((one) => inRange(version, one));
  });
  return at < 0 ? undefined : at + 1;
}
