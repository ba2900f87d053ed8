import type { Match, ScriptValue } from '../../module-exports.ts';
import type { TransformationEntry } from '../entries.ts';
import {
  applyReplacements,
  type ReplacementPiece,
  readSubstitution,
  replacementsIn,
  type SubstitutionParts,
} from '../substitution.ts';

function change(substitution: SubstitutionParts, value: ScriptValue): ScriptValue {
  if (value === null) return null;
  const text = String(value);
  const made = replacementsIn(substitution, text, (match) => fillIn(substitution.pieces, match));
  return made === undefined ? null : applyReplacements(text, made);
}

/** There is no message here, so no Request-URI. */
function fillIn(pieces: readonly ReplacementPiece[], { groups }: Match): string {
  return pieces
    .map((piece) =>
      piece.kind === 'group' ? (groups[piece.group] ?? '') : piece.kind === 'text' ? piece.text : '',
    )
    .join('')
    .replaceAll('$$', '$');
}

/** Commas belong to the expression. */
const joined = (args: readonly ScriptValue[]) =>
  args
    .map((part) => part ?? '')
    .join(',')
    .trim();

export const regularExpressionTransformations: Readonly<Record<string, TransformationEntry>> = {
  're.subst': {
    facts: { args: ['string'], description: 'replaces what a regular expression matches' },
    prepare(args) {
      const substitution = readSubstitution(joined(args));
      return (value) => change(substitution, value);
    },
    apply(value, args) {
      try {
        return change(readSubstitution(joined(args)), value);
      } catch {
        return null;
      }
    },
  },
};
