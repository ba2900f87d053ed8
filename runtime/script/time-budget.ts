import type { ScriptEnvironment } from './environment.ts';
import { result } from './result.ts';
import { leavingScript, type Run } from './run.ts';

/** The clock is asked where these bits of a run's count of statements are clear: at every 64th. */
export const clockMask = 64 - 1;

/** Milliseconds where max_script_time says nothing. */
const defaultBudget = 2000;

/**
 * Whether a run has worked longer than `max_script_time` milliseconds, time that it waited left out; it then ends as
 * if something in it had thrown. Asked before every 64th statement. `Deviation:` OpenSIPS tells slow
 * messages (`exec_msg_threshold`) and lets them work on; here one process works on all of them.
 */
export function timeBudget({ globals, timers, log }: ScriptEnvironment): (run: Run) => boolean {
  const configured = globals.get('max_script_time');
  const budget = typeof configured === 'number' ? configured : defaultBudget;
  if (budget === 0) return () => false;
  return (run) => {
    const now = timers.now();
    run.worked += now - (run.askedAt ?? now);
    run.askedAt = now;
    if (run.worked <= budget) return false;
    log.error(
      'run_actions',
      `SCRIPT_FAILED: the script has worked on a message for more than ${budget} ms (max_script_time)`,
    );
    run.failed = true;
    run.leaving |= leavingScript;
    return true;
  };
}

/** What such a run answers. */
export const overBudget: number = result.bug;
