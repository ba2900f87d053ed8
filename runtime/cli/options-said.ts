import type { Logger } from '../module-exports.ts';
import type { CommandLine } from './command-line.ts';

/** Says what the command line has that changes nothing, or that is not as it should be. */
export function sayOptions(line: CommandLine, core: Logger): void {
  for (const { caller, message } of line.complaints) core.error(caller, message);
  if (line.logToStderr) {
    // Deviation: 3.4 and later refuse -E; start scripts of older ones have it.
    core.warning(
      'main',
      '-E option deprecated since 3.4, set "stderror_enabled=yes" at the script level instead',
    );
  }
  for (const { name, noEffect } of new Set(line.noEffect)) {
    const say = `option -${name} has no effect here: ${noEffect}`;
    if (name === 'W') core.info('main', say);
    else core.notice('main', say);
  }
  for (const text of line.ignored) core.warning('main', `argument '${text}' is ignored`);
}
