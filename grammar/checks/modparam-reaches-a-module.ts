import { diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import type { Check } from './facts/context.ts';
import type { ParamLine } from './facts/params.ts';
import { onceForEachSlip } from './facts/repeated.ts';

/** Every `modparam` line matches a module that is loaded above it. */
export const modparamReachesAModule: Check = ({ params, modules }) =>
  onceForEachSlip(
    params.lines.flatMap((line) => {
      const wanted = line.statement.module.value;
      if (line.modules.length > 0 || modules.wasReported(wanted)) return [];
      if (!line.pattern) return [{ finding: badPattern(line) }];
      const finding = withoutModule(line, [...modules.byName.keys()]);
      return [{ finding, slip: wanted, what: `${line.given.name} is set too` }];
    }),
  );

function badPattern({ statement }: ParamLine) {
  return diagnostic(
    'modparam-bad-pattern',
    statement.module.span,
    `"${statement.module.value}" is not a valid regular expression`,
    { context: statement.span },
  );
}

function withoutModule({ statement, loadedLater, given }: ParamLine, loaded: readonly string[]) {
  const { module } = statement;
  const [later] = loadedLater;
  const near = suggest(module.value, loaded);
  return diagnostic(
    'modparam-without-module',
    module.span,
    later
      ? `module ${later.name} is loaded only below this line`
      : `${given.name} is set for ${module.value}, but no module of that name is loaded`,
    {
      context: statement.span,
      notes: later ? [{ message: 'loaded here', span: later.statement.path.span }] : [],
      ...(later && { help: 'move the loadmodule line above this one' }),
      ...(!later &&
        near !== undefined && {
          help: `did you mean ${near}?`,
          fix: { span: module.span, text: `"${near}"` },
        }),
    },
  );
}
