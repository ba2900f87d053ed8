import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';

/**
 * The variables in strings are written right. A lone `$` stays text, as it passes OpenSIPS's -C; a start of
 * OpenSIPS would refuse it.
 */
export const textIsWellWritten: Check = ({ textProblems }) =>
  textProblems.map(({ span, message, lone = false }) => {
    // `$(` and what follows was meant as a variable.
    const isLone = lone && span.end - span.start <= 1;
    return diagnostic('bad-variable', span, message, {
      severity: isLone ? 'warning' : 'error',
      ...(isLone && { help: 'write $$ for a dollar sign' }),
    });
  });
