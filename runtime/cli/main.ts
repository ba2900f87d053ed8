import { createLog, defaultLogSettings, type Log } from '../log/index.ts';
import type { Logger } from '../module-exports.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { findCredentials } from './credentials.ts';
import { findStarter, startDetached } from './daemon.ts';
import { FAILED, OK } from './exit-codes.ts';
import { expectShortRun } from './short-run.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { helpTextOf, versionText } from './usage.ts';
import type { WordLine } from './word-line.ts';

/** The whole program. Answers the exit code; whatever it has to say is said. */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(argv);
  const terminal = processTerminal();
  if (parsed.kind === 'version') {
    terminal.print(versionText());
    return OK;
  }
  if (parsed.kind === 'help') {
    terminal.print(helpTextOf(parsed.command));
    return OK;
  }
  const level =
    parsed.kind === 'run' ? defaultLogSettings.level + parsed.line.debugLevels : defaultLogSettings.level;
  const log = createLog({ settings: { ...defaultLogSettings, level } });
  if (parsed.kind === 'wrong') return refuse(parsed.problems, log);
  if (parsed.kind !== 'run' || !serves(parsed.line)) expectShortRun();
  if (parsed.kind === 'certs') {
    const { certs } = await import('./certs.ts');
    return certs(parsed.line, log, terminal);
  }
  if (parsed.kind === 'words') return runWord(parsed.line, log, terminal);
  if (parsed.kind === 'migrate') {
    const { migrateConfig } = await import('./migrate.ts');
    return migrateConfig(parsed.line, log, terminal);
  }
  const { line } = parsed;
  const credentials = findCredentials(line.user, line.group, log.for('core'));
  if (credentials === undefined) return refuse([], log);
  const starter = findStarter();
  if (starter === undefined && detaches(line)) return startDetached(argv, line.configFile === '-', terminal);
  const { run } = await import('./run.ts');
  // A detached child has no standard output of its own.
  const words = starter === undefined ? terminal : { ...terminal, print: starter.print };
  return run(line, { log, terminal: words, credentials, starter });
}

async function runWord(line: WordLine, log: Log, terminal: Terminal): Promise<number> {
  const around = { core: log.for('core'), terminal };
  const code = await wordCode(line, around);
  await log.close();
  return code;
}

async function wordCode(line: WordLine, around: { core: Logger; terminal: Terminal }): Promise<number> {
  if (line.command === 'check') {
    const { checkFiles } = await import('./check-files.ts');
    return checkFiles(line, around);
  }
  const { doc, schema } = await import('./reference.ts');
  return line.command === 'doc' ? doc(line, around) : schema(line, around);
}

function detaches(line: CommandLine): boolean {
  return serves(line) && !line.foreground && !line.debugMode;
}

function serves(line: CommandLine): boolean {
  return !line.check && line.command === undefined;
}

async function refuse(
  problems: readonly { readonly caller: string; readonly message: string }[],
  log: Log,
): Promise<number> {
  const core = log.for('core');
  for (const { caller, message } of problems) core.error(caller, message);
  core.notice('main', 'Exiting....');
  await log.close();
  return FAILED;
}
