import { describeGuess, readVersion, versions } from '../../grammar/index.ts';
import { type CheckedConfig, type CheckOptions, checkConfig } from '../check-config.ts';
import { reasonOf } from '../host-error.ts';
import { logSettingsFromGlobals, NOTICE } from '../log/index.ts';
import type { CommandLine } from './command-line.ts';
import { ConfigUnreadable, preprocess, readConfig } from './config-text.ts';
import { countErrors, printFindings } from './findings.ts';
import { idsToBe } from './process-place.ts';
import type { Surroundings } from './surroundings.ts';

/** A config that was read and judged, with the options that it was judged by. */
export interface Judged {
  readonly checked: CheckedConfig;
  readonly options: CheckOptions;
}

/**
 * Reads and checks the config of the command line and tells all findings. Undefined where it cannot be read. The
 * log says what failed; where nothing did, it is from now on as the config wants it.
 */
export async function judge(line: CommandLine, around: Surroundings): Promise<Judged | undefined> {
  const core = around.log.for('core');
  const version = line.version === undefined ? undefined : readVersion(line.version);
  if (line.version !== undefined && version === undefined) {
    core.error('main', `bad OpenSIPS version: --opensips ${line.version} (one of ${versions.join(', ')})`);
    return undefined;
  }
  try {
    const options = await checkOptions(line, version, around);
    const checked = await checkConfig(options);
    tell(checked, line, around);
    if (checked.failed) {
      core.error('parse_opensips_cfg', `bad config file (${countErrors(checked.diagnostics)} errors)`);
      core.error('main', `failed to parse config file ${line.configFile ?? checked.parsed.source.name}`);
    }
    return { checked, options };
  } catch (error) {
    core.error('parse_opensips_cfg', reasonOf(error));
    const name = error instanceof ConfigUnreadable ? error.config : (line.configFile ?? '');
    core.error('main', `failed to parse config file ${name}`);
    if (!(error instanceof ConfigUnreadable) && error instanceof Error) core.debug('main', error.stack ?? '');
    return undefined;
  }
}

async function checkOptions(
  line: CommandLine,
  version: string | undefined,
  { credentials }: Surroundings,
): Promise<CheckOptions> {
  const { name, file, text } = await readConfig(line.configFile);
  const { preprocessor } = line;
  return {
    config: withModules(text, line.modules),
    name,
    ...(file !== undefined && { file }),
    ...(version !== undefined && { version }),
    ...(preprocessor !== undefined && { preprocess: (flat) => preprocess(preprocessor, flat, name) }),
    inert: line.inert,
    listeners: line.listeners,
    folder: process.cwd(),
    becomes: (globals) => idsToBe(globals, credentials),
    globals: {
      ...(line.debugMode && { debug_mode: 1 }),
      ...(line.logToStderr && { stderror_enabled: 1 }),
      ...(line.advertisedAddress !== undefined && { advertised_address: line.advertisedAddress }),
    },
  };
}

/** The modules of the command line come last: their lines move none of the config's own. */
function withModules(text: string, modules: readonly string[]): string {
  return [text, ...modules.map((name) => `loadmodule "${name.replace(/\.so$/, '')}.so"`)].join('\n');
}

/** Commands that answer in JSON keep standard output for their answer. */
function findingFormat({ command, format }: CommandLine): CommandLine['format'] {
  const answers = command === 'explain' || command === 'run-route';
  return answers && format === 'json' ? undefined : format;
}

/** Findings first, then the log as the config wants it: what it says of the log counts only where it is right. */
function tell(checked: CheckedConfig, line: CommandLine, around: Surroundings): void {
  const { log, terminal } = around;
  if (checked.diagnostics.length > 0 || findingFormat(line) === 'json') {
    log.flushSync();
    printFindings(checked.diagnostics, checked.parsed.source, findingFormat(line), terminal);
  }
  const guess = describeGuess(checked.version, checked.parsed.source);
  const sayGuess = () => log.for('core')[line.check ? 'notice' : 'info']('main', guess);
  if (checked.failed) {
    if (line.version === undefined && line.check) sayGuess();
    return;
  }
  log.configure(
    logSettingsFromGlobals(checked.globals, {
      baseLevel: NOTICE + line.debugLevels,
      stderrOnly: line.check || line.command !== undefined,
    }),
  );
  if (line.version === undefined) sayGuess();
}
