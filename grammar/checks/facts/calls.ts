import type { CommandSignature } from '../../manifest.ts';
import type { FunctionAnswer, Names, Signatures } from './names.ts';
import type { CallUse, Script } from './script.ts';

/** A call with what its name leads to. */
export interface ResolvedCall extends CallUse {
  readonly answer: FunctionAnswer;
}

/** Follows the name of every call. */
export function resolveCalls(script: Script, names: Names): readonly ResolvedCall[] {
  return script.calls.map((use) => ({ ...use, answer: names.function(use.call.name.text, use.as) }));
}

/** All signatures of a function. */
export function signaturesOf(signatures: Signatures): readonly CommandSignature[] {
  return 'params' in signatures ? [signatures] : signatures;
}

/**
 * The kinds of a function's parameters (`s`, `i?`, …) that say how its strings are read; undefined where
 * nobody knows the function, or it had quoted arguments only.
 */
export function kindsOf(answer: FunctionAnswer, given: number): readonly string[] | undefined {
  switch (answer.state) {
    case 'ours': {
      const signatures = signaturesOf(answer.facts);
      return (signatures.find(({ params }) => params.length >= given) ?? signatures[0])?.params;
    }
    case 'inert':
    case 'not in tsips':
      return answer.known.findLast(({ params }) => params !== undefined)?.params;
    default:
      return undefined;
  }
}
