/** The program with one second for its end instead of sixty; signals.test.ts starts it. */
import { parseCommandLine } from '../../runtime/cli/command-line.ts';
import { run } from '../../runtime/cli/run.ts';
import { processTerminal } from '../../runtime/cli/terminal.ts';
import { createLog } from '../../runtime/log/index.ts';

const parsed = parseCommandLine(process.argv.slice(2));
if (parsed.kind !== 'run') throw new Error('a command line that runs');
const code = await run(parsed.line, {
  log: createLog(),
  terminal: processTerminal(),
  credentials: { uid: undefined, gid: undefined },
  starter: undefined,
  shutdownSeconds: 1,
});
process.exit(code);
