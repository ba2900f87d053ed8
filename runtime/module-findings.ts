import { type Config, type Diagnostic, paramsGivenTo, type Span } from '../grammar/index.ts';
import { reasonOf } from './host-error.ts';
import type { CheckSurroundings, ModuleFinding } from './module-exports.ts';
import type { RunningModule } from './module-host.ts';
import type { ModuleLine } from './module-loader.ts';

/** Asks the modules of a trial what is wrong with what their parameters name, each finding at its line. */
export async function moduleFindings(
  modules: Iterable<RunningModule>,
  lines: readonly ModuleLine[],
  config: Config,
  around: CheckSurroundings,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const module of modules) {
    if (!module.behaviour.check) continue;
    const findings = await findingsOf(module, around);
    found.push(...findings.map((finding) => placed(module.name, finding, lines, config)));
  }
  return found;
}

async function findingsOf(
  { behaviour }: RunningModule,
  around: CheckSurroundings,
): Promise<readonly ModuleFinding[]> {
  try {
    return (await behaviour.check?.(around)) ?? [];
  } catch (error) {
    return [
      {
        code: 'check-failed',
        severity: 'error',
        message: `the module's own check failed: ${reasonOf(error)}`,
        why: 'what its parameters name was not looked at',
        help: 'this is a fault of the module: tell its author',
      },
    ];
  }
}

function placed(
  module: string,
  finding: ModuleFinding,
  lines: readonly ModuleLine[],
  config: Config,
): Diagnostic {
  const { code, severity, message, why, help } = finding;
  return {
    code: `${module}/${code}`,
    severity,
    span: spanOf(finding.module ?? module, finding, lines, config),
    message,
    why,
    help,
    notes: [],
  };
}

/** The value that the finding is about, the last one where it does not say which; else the `loadmodule` line. */
function spanOf(
  module: string,
  { param, at }: ModuleFinding,
  lines: readonly ModuleLine[],
  config: Config,
): Span {
  const line = lines.find(({ answer }) => answer.found && answer.manifest.name === module);
  if (!line) return config.span;
  const given = param === undefined ? [] : paramsGivenTo(module, line.item, config);
  const values = given.filter(({ name }) => name === param);
  return (at === undefined ? values.at(-1) : values[at])?.span ?? line.item.span;
}
