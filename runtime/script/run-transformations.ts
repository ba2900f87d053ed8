import { parseFormattedText, type Transformation } from '../../grammar/index.ts';
import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { resolveHost } from './lookups.ts';
import { placeOf, type Scope } from './scope.ts';
import { bindText } from './variables.ts';

type Change = (run: ScriptRun, value: ScriptValue) => ScriptValue;

/** Texts that one place keeps compiled; a script that evaluates a new one for each message must not fill the memory. */
const maxKeptTexts = 100;

/** Transformations that need the run, not only the value. */
export function compileRunTransformation(
  scope: Scope,
  name: string,
  transformation: Transformation,
): Change | undefined {
  if (name === 'ip.resolve') return compileResolve(scope);
  if (name === 's.eval') return compileEval(scope, transformation);
  return undefined;
}

function compileResolve(scope: Scope): Change {
  scope.lookups.count++;
  const { lookup = () => Promise.resolve([]) } = scope.environment;
  return (run, value) => (value === null ? null : resolveHost(run, String(value), lookup));
}

/** The text is read as one of the script is; NULL where it cannot be read. C: tr_eval_string. */
function compileEval(scope: Scope, transformation: Transformation): Change {
  scope.lookups.count++;
  const kept = new Map<string, Change>();
  const place = placeOf(scope, transformation.span);
  const { log } = scope.environment;

  const compile = (text: string): Change => {
    const problems: Scope['problems'] = [];
    const { evaluate } = bindText({ ...scope, problems }, parseFormattedText(text, transformation.span));
    const [problem] = problems;
    if (!problem) return evaluate;
    return () => {
      log.error('tr_eval_string', `Failed to parse input at ${place}: ${problem.message}`);
      return null;
    };
  };

  return (run, value) => {
    if (value === null) return null;
    const text = String(value);
    if (!text.includes('$')) return value;
    const known = kept.get(text) ?? compile(text);
    if (kept.size >= maxKeptTexts) kept.clear();
    kept.set(text, known);
    return known(run, value);
  };
}
