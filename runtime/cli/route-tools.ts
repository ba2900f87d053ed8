import { readFileSync } from 'node:fs';
import { toPrintable, toUnicode } from '../../grammar/index.ts';
import { type DryRun, dryRun, dryRunReason, printDryRun } from '../dry-run.ts';
import { explainRoutes, printExplained } from '../explain-routes.ts';
import { reasonOf } from '../host-error.ts';
import { systemNetwork } from '../net/system-network.ts';
import type { CommandLine } from './command-line.ts';
import { FAILED, OK } from './exit-codes.ts';
import type { Judged } from './judge.ts';
import type { Surroundings } from './surroundings.ts';

/** `tsips explain`: each route as it will run. A config with errors is explained as far as it was read. */
export function explain(line: CommandLine, judged: Judged | undefined, { terminal }: Surroundings): number {
  if (!judged) return FAILED;
  const routes = explainRoutes(judged.checked);
  terminal.print(line.format === 'json' ? asJson({ routes }) : forPeople(printExplained(routes)));
  return judged.checked.failed ? FAILED : OK;
}

/** `tsips run-route`: the script on one message. */
export async function runRoute(
  line: CommandLine,
  judged: Judged | undefined,
  { log, terminal }: Surroundings,
): Promise<number> {
  const core = log.for('core');
  if (line.messageFile === undefined) {
    core.error('main', 'run-route: give the message: --message FILE');
    return FAILED;
  }
  if (!judged || judged.checked.failed) return FAILED;
  const message = readMessageFile(line.messageFile);
  if (typeof message !== 'string') {
    core.error('main', `cannot read ${line.messageFile}: ${reasonOf(message.error)}`);
    return FAILED;
  }
  let answer: DryRun;
  try {
    answer = await dryRun({
      checked: judged.checked,
      message,
      route: line.route,
      network: systemNetwork,
      argv: line.argumentVariables,
    });
  } catch (error) {
    core.error('main', `run-route: ${dryRunReason(error)}`);
    return FAILED;
  }
  terminal.print(line.format === 'json' ? asJson(answer) : forPeople(printDryRun(answer)));
  return answer.failed ? FAILED : OK;
}

function readMessageFile(file: string): string | { readonly error: unknown } {
  try {
    return readFileSync(file === '-' ? 0 : file, 'latin1');
  } catch (error) {
    return { error };
  }
}

function asJson(answer: unknown): string {
  return toUnicode(`${JSON.stringify(answer, null, 1)}\n`);
}

/** Control characters of a message must not move the cursor. */
function forPeople(text: string): string {
  return text.split('\n').map(toPrintable).join('\n');
}
