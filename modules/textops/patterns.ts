import type {
  ModuleHost,
  PreparedArgument,
  RegularExpression,
  ScriptRun,
} from '../../runtime/module-exports.ts';

export type PatternOf = (run: ScriptRun) => RegularExpression;

/**
 * The expression of an argument: compiled at the start where it stands in the script, else at the first run and whenever
 * its text is another than in the run before. Errors: for a text that is no expression, at the start or of the run.
 */
export function patternOf(
  { regularExpression }: Pick<ModuleHost, 'regularExpression'>,
  argument: PreparedArgument | undefined,
): PatternOf {
  const compile = (text: string) => regularExpression(text, { ignoreCase: true, byLine: true });
  const { constant } = argument ?? {};
  if (typeof constant === 'string') {
    const pattern = compile(constant);
    return () => pattern;
  }
  let last: { readonly text: string; readonly pattern: RegularExpression } | undefined;
  return (run) => {
    const text = String(argument?.evaluate(run) ?? '');
    if (last?.text !== text) last = { text, pattern: compile(text) };
    return last.pattern;
  };
}
