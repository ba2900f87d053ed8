import { type Host, hostOf } from '../host.ts';
import { HostError, reasonOf } from '../host-error.ts';
import { writeAll } from '../log/index.ts';
import type { Logger } from '../module-exports.ts';
import { within } from '../within.ts';
import type { CommandLine } from './command-line.ts';
import { takeCredentials } from './credentials.ts';
import { FAILED, OK } from './exit-codes.ts';
import type { Judged } from './judge.ts';
import { enterWorkingDirectory, type ProcessFiles, writeProcessFiles } from './process-files.ts';
import type { ProcessPlace } from './process-place.ts';
import type { StopReason, StopRequest } from './stop-request.ts';
import type { Surroundings } from './surroundings.ts';
import { versionName } from './usage.ts';

const DEFAULT_SHUTDOWN_SECONDS = 60;

/** What a served config stands in. */
interface Served extends Surroundings {
  readonly place: ProcessPlace;
}

/** Runs a checked config until a signal ends it. Answers the exit code. */
export async function serve(
  line: CommandLine,
  judged: Judged,
  stop: StopRequest,
  around: Served,
): Promise<number> {
  const core = around.log.for('core');
  const debugMode = judged.checked.globals.flag('debug_mode');
  if (debugMode) sayDebugMode(line, core, around);
  const files = debugMode ? noFiles : enterAndWriteFiles(line, around.place, core);
  if (files === undefined) return FAILED;
  core.notice('main', `version: ${versionName()}`);
  const host = hostOf(judged.checked, {
    ...judged.options,
    log: around.log,
    argv: line.argumentVariables,
    onListening: () => becomeUser(files, around),
  });
  try {
    const outcome = await start(host, stop, core);
    if (outcome === 'failed') return FAILED;
    if (outcome === 'running' && !debugMode) await around.starter?.ready();
    stop.onReload(() => void reload(host, core));
    const reason = await stop.asked;
    return await end(host, reason, files, around);
  } finally {
    files.remove();
  }
}

const noFiles: ProcessFiles = { own: () => undefined, remove: () => undefined };

function sayDebugMode(line: CommandLine, core: Logger, around: Surroundings): void {
  core.notice('main', 'DEBUG MODE activated');
  if (!line.foreground) core.notice('main', 'disabling daemon mode (found enabled)');
  around.starter?.stay();
}

/** The original does this in daemonize(), which debug mode leaves out. */
function enterAndWriteFiles(
  line: CommandLine,
  { workingDirectory }: ProcessPlace,
  core: Logger,
): ProcessFiles | undefined {
  if (!enterWorkingDirectory(workingDirectory, core)) return undefined;
  return writeProcessFiles(line, core);
}

function becomeUser(files: ProcessFiles, { place, log }: Served): void {
  const { credentials } = place;
  const { uid, gid } = credentials;
  if (uid === undefined && gid === undefined) return;
  try {
    files.own(credentials);
  } catch (error) {
    throw new Error(`failed to change owner of pid file: ${reasonOf(error)}`);
  }
  takeCredentials(credentials);
  log.for('core').debug('do_suid', `running as uid ${process.getuid?.()} gid ${process.getgid?.()}`);
}

/** Waits until the host runs, or a signal comes before that. */
async function start(
  host: Host,
  stop: StopRequest,
  core: Logger,
): Promise<'running' | 'interrupted' | 'failed'> {
  const started = host.start().then(() => 'running' as const);
  // Told apart below; a rejection after a signal has nobody else to hear it.
  started.catch(() => undefined);
  try {
    return await Promise.race([started, stop.asked.then(() => 'interrupted' as const)]);
  } catch (error) {
    core.error('main', startFailure(error));
    if (error instanceof Error && core.debugOn) core.debug('main', error.stack ?? '');
    return 'failed';
  }
}

/** Where the host is on its way down, there is nothing left to read files for. */
async function reload(host: Host, core: Logger): Promise<void> {
  if (host.state !== 'running') return;
  try {
    await host.reload();
  } catch (error) {
    core.error('handle_sigs', `reload: ${reasonOf(error)}`);
  }
}

function startFailure(error: unknown): string {
  const code = error instanceof HostError ? ` (${error.code})` : '';
  return `${reasonOf(error)}${code}`;
}

/** Ends connections, modules and log in order; where that takes too long, the process is aborted as in C. */
async function end(
  host: Host,
  reason: StopReason,
  files: ProcessFiles,
  { log, shutdownSeconds = DEFAULT_SHUTDOWN_SECONDS }: Surroundings,
): Promise<number> {
  const core = log.for('core');
  if (reason.kind === 'signal') core.debug('handle_sigs', `${reason.signal} received, program terminates`);
  const inTime = await within(shutdownSeconds * 1000, async () => {
    await host.stop();
    files.remove();
    core.info('cleanup', 'cleanup');
    await log.close();
  });
  if (!inTime) {
    core.critical('sig_alarm_abort', 'BUG - shutdown timeout triggered, dying...');
    files.remove();
    log.flushSync();
    process.abort();
  }
  if (reason.kind === 'error') return FAILED;
  writeAll(2, Buffer.from('Thank you for running opensips\n'));
  return OK;
}
