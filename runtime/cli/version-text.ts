import {
  describeCertainty,
  lifetimeOf,
  type Source,
  toPrintable,
  type VersionGuess,
  type VersionReason,
} from '../../grammar/index.ts';

/** More lines than these decide nothing that the first do not. */
const mostReasons = 3;

/** For which version a file is written, how sure that is, and the lines that decided it. */
export function guessLines(guess: VersionGuess, source: Source): readonly string[] {
  const { version, certainty, newEnough, reasons, misfits } = guess;
  const name = toPrintable(source.name);
  if (certainty === 'given') return [`${name}: judged for OpenSIPS ${version}`];
  return [
    `${name}: judged for OpenSIPS ${version}, guessed: ${describeCertainty(guess)}`,
    ...told('not for an older one', newEnough, source),
    ...told('not for a newer one', reasons, source),
    ...told('and yet', misfits, source),
  ];
}

function told(label: string, reasons: readonly VersionReason[], source: Source): string[] {
  const lines = reasons.slice(0, mostReasons).map((reason) => {
    const { file, line, column } = source.locate(reason.span.start);
    return toPrintable(`  ${label}: ${reason.what} (${file}:${line}:${column}) exists ${lifetimeOf(reason)}`);
  });
  const more = reasons.length - lines.length;
  return more > 0 ? [...lines, `  ${label}: ${more} more`] : lines;
}
