import type { Match, PreparedArgument, ScriptRun, Substitution } from './module-exports.ts';
import {
  applyReplacements,
  type ReplacementPiece,
  readSubstitution,
  replacementsIn,
} from './variables/substitution.ts';

type Fill = (run: ScriptRun, match: Match) => string;

/** What modules are handed to substitute with: variables in the replacement are those of the run. */
export function substitution(expression: string, argument: PreparedArgument): Substitution {
  const parts = readSubstitution(expression);
  const fills = parts.pieces.map((piece) => fillOf(piece, argument));
  const replacements = (text: string, run: ScriptRun) =>
    replacementsIn(parts, text, (match) => fills.map((fill) => fill(run, match)).join(''));
  return {
    replacements,
    apply(text, run) {
      const made = replacements(text, run);
      return made === undefined || made.length === 0 ? undefined : applyReplacements(text, made);
    },
  };
}

function fillOf(piece: ReplacementPiece, argument: PreparedArgument): Fill {
  switch (piece.kind) {
    case 'group':
      return (_run, { groups }) => groups[piece.group] ?? '';
    case 'uri':
      return ({ message }) => message.requestUri;
    case 'text': {
      const text = argument.text(piece.text);
      return (run) => text(run);
    }
  }
}
