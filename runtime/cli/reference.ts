import { suggest } from '../../grammar/index.ts';
import {
  allModulesSchema,
  findEntries,
  type Knowledge,
  moduleSchema,
  printEntries,
} from '../../grammar/tools.ts';
import { hostKnowledge } from '../host-knowledge.ts';
import type { Logger } from '../module-exports.ts';
import { FAILED, OK } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import type { WordLine } from './word-line.ts';

/** What such a word says with, and of. */
interface Around {
  readonly core: Pick<Logger, 'error'>;
  readonly terminal: Pick<Terminal, 'print'>;
  /** Default: of this host. */
  readonly knowledge?: Knowledge;
}

/** `tsips doc`: the entries of each name. Fails where one of them is unknown; the others are told all the same. */
export async function doc({ words, version, format }: WordLine, around: Around): Promise<number> {
  const { core, terminal, knowledge = await hostKnowledge() } = around;
  const found = words.map((word) => findEntries(word, knowledge, version));
  if (format === 'json') terminal.print(`${JSON.stringify(found, undefined, 2)}\n`);
  else {
    const texts = found.filter(({ entries }) => entries.length > 0).map((one) => printEntries(one, version));
    terminal.print(texts.join('\n'));
  }
  const unknown = found.filter(({ entries }) => entries.length === 0);
  for (const { asked, near } of unknown) {
    const meant = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
    core.error('doc', `nothing is known of ${asked}${meant}`);
  }
  return unknown.length === 0 ? OK : FAILED;
}

/** `tsips schema`: JSON Schema of the parameters of a module, or of all. */
export async function schema({ words, version }: WordLine, around: Around): Promise<number> {
  const { core, terminal, knowledge = await hostKnowledge() } = around;
  const [module, ...more] = words;
  if (more.length > 0) {
    core.error('schema', `one module at a time, or none for all: '${more.join(' ')}' is too much`);
    return FAILED;
  }
  const found =
    module === undefined
      ? allModulesSchema(knowledge, version)
      : moduleSchema(module.replace(/\.so$/, ''), knowledge, version);
  if (!found) {
    core.error('schema', unknownModule(module ?? '', knowledge, version));
    return FAILED;
  }
  terminal.print(`${JSON.stringify(found, undefined, 2)}\n`);
  return OK;
}

function unknownModule(
  name: string,
  { catalogue, manifests }: Knowledge,
  version: string | undefined,
): string {
  if (catalogue.module(name) && version !== undefined) return `OpenSIPS ${version} has no module ${name}`;
  const near = suggest(name, [...catalogue.moduleNames, ...manifests.map((one) => one.name)]);
  return `there is no module ${name}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}
