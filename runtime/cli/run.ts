import { describeModules } from '../describe-modules.ts';
import { listeningLines } from '../net/listening-lines.ts';
import type { CommandLine } from './command-line.ts';
import { FAILED, OK } from './exit-codes.ts';
import { type Judged, judge } from './judge.ts';
import { runTool } from './module-tools.ts';
import { sayOptions } from './options-said.ts';
import { refuseChroot } from './process-files.ts';
import { couldStandThere, idsToBe, processPlace } from './process-place.ts';
import { awaitStop } from './stop-request.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs a command line in this process: a check, a command, or the server itself. Answers the exit code. */
export async function run(line: CommandLine, around: Surroundings): Promise<number> {
  const core = around.log.for('core');
  const code = await runToCode(line, around).catch((error: unknown) => {
    core.critical('main', textOf(error));
    return FAILED;
  });
  if (code === FAILED) core.notice('main', 'Exiting....');
  await around.log.close();
  await around.starter?.flush();
  return code;
}

async function runToCode(line: CommandLine, around: Surroundings): Promise<number> {
  const core = around.log.for('core');
  const serves = !line.check && line.command === undefined;
  // First of all, so that no signal meets Node's own ways while the config is read.
  const stop = serves ? awaitStop((error) => core.critical('main', textOf(error))) : undefined;
  sayOptions(line, core);
  if (line.chroot !== undefined) {
    refuseChroot(line.chroot, core);
    return FAILED;
  }
  const judged = await judge(line, around);
  if (line.command === 'modules') return printModules(judged, around);
  if (line.command === 'explain' || line.command === 'run-route') {
    const { explain, runRoute } = await import('./route-tools.ts');
    return line.command === 'explain' ? explain(line, judged, around) : runRoute(line, judged, around);
  }
  if (line.command !== undefined) return runWords([line.command, ...line.words], judged, around);
  if (judged === undefined || judged.checked.failed) return FAILED;
  const { globals, sockets, served } = judged.checked;
  const place = processPlace(line, globals, around.credentials, core);
  if (place === undefined) return FAILED;
  if (stop === undefined && !globals.flag('debug_mode') && !couldStandThere(line, place, core)) return FAILED;
  if (line.format !== 'json') around.terminal.print(listeningLines({ ...sockets, sockets: served }));
  if (stop === undefined) {
    core.notice('main', 'config file ok, exiting...');
    return OK;
  }
  await around.log.open();
  const { serve } = await import('./serve.ts');
  return serve(line, judged, stop, { ...around, place });
}

async function runWords(
  words: readonly string[],
  judged: Judged | undefined,
  { log, terminal, credentials }: Surroundings,
): Promise<number> {
  if (judged === undefined) return FAILED;
  const { checked } = judged;
  const becomes = idsToBe(checked.globals, credentials);
  return runTool(words, checked, { core: log.for('core'), terminal, becomes });
}

function printModules(judged: Judged | undefined, around: Surroundings): number {
  if (judged === undefined) return FAILED;
  around.terminal.print(describeModules(judged.checked));
  return judged.checked.failed ? FAILED : OK;
}

/** With the stack: it is a fault of the program or of a module, not of its user. */
function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
