import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';

/**
 * No module is loaded twice. Deviation: OpenSIPS refuses this but for modules that are part of it; here the second line
 * is ignored with a warning, because it asks for nothing that is not done.
 */
export const moduleIsLoadedOnce: Check = ({ modules, environment }) =>
  modules.lines.flatMap(({ again, name, statement, chapter }) =>
    again
      ? [
          diagnostic('module-loaded-twice', statement.path.span, `module ${name} is loaded twice`, {
            context: statement.span,
            ...(environment.asked === 'opensips' && !chapter?.builtIn && { severity: 'error' }),
            notes: [{ message: 'loaded here first', span: again.path.span }],
          }),
        ]
      : [],
  );
