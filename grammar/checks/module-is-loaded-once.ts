import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';

/**
 * No module is loaded twice. Deviation: OpenSIPS refuses this; here the second line is ignored with a warning, because
 * it asks for nothing that is not done.
 */
export const moduleIsLoadedOnce: Check = ({ modules }) =>
  modules.lines.flatMap(({ again, name, statement }) =>
    again
      ? [
          diagnostic('module-loaded-twice', statement.path.span, `module ${name} is loaded twice`, {
            context: statement.span,
            notes: [{ message: 'loaded here first', span: again.path.span }],
          }),
        ]
      : [],
  );
