import type { OptionFacts } from './option-table.ts';

/** A word that needs no config of `-f`, and has options of its own. */
export interface WordCommand {
  /** What stands behind it, as the help shows it. */
  readonly usage: string;
  readonly about: readonly string[];
  /** The fewest words behind it, and what is said where there are fewer. */
  readonly needs?: { readonly words: number; readonly or: string };
  readonly formats: readonly string[];
  readonly options: readonly OptionFacts[];
}

const help: readonly OptionFacts[] = [
  { name: 'h', help: 'Print this help' },
  { name: 'help', help: 'As -h' },
];

export const wordCommands = {
  doc: {
    usage: 'NAME...',
    about: [
      'Prints what is known of a name: of OpenSIPS 2.1 to 4.0, and of tsips. NAME is a parameter (tm:fr_timeout or',
      'fr_timeout), a function, a variable ($ru or ru), a transformation ({s.len} or s.len), a global parameter, a',
      'module, an event, a statistic or a management command; of several owners all are told.',
    ],
    needs: { words: 1, or: 'doc: give a name: tsips doc tm:fr_timeout' },
    formats: ['human', 'json'],
    options: [
      { name: 'opensips', value: 'version', help: 'Only what this version of OpenSIPS has' },
      { name: 'format', value: 'human|json', help: 'Default: human' },
      ...help,
    ],
  },
  check: {
    usage: 'FILE...',
    about: [
      'Tells everything that is wrong with each FILE (- for standard input) in the eyes of the OpenSIPS version that it is',
      'written for, 2.1 to 4.0, given or guessed. No code of a module runs, no socket opens, no name is looked up.',
      'Whether this host would start is asked with tsips -C.',
      'Exit status: 0; 1 with --strict where there are warnings; 255 where there are errors or a file cannot be read.',
    ],
    needs: { words: 1, or: 'check: give a file: tsips check opensips.cfg' },
    formats: ['human', 'json', 'sarif', 'opensips'],
    options: [
      {
        name: 'opensips',
        value: 'version',
        help: 'The version that the files are for. Default: guessed for each',
      },
      {
        name: 'format',
        value: 'human|json|sarif|opensips',
        help: 'How findings are told; opensips: with the lines of OpenSIPS in front. Default: human',
      },
      {
        name: 'for',
        value: 'tsips',
        help: 'Tell what this host would not do too, for each statement, and the share of statements that run here',
      },
      {
        name: 'on-this-host',
        help: 'The files are for this machine: a file or folder that they name and that is missing is an error, not a note',
      },
      { name: 'strict', help: 'Exit status 1 where there are warnings' },
      ...help,
    ],
  },
  schema: {
    usage: '[MODULE]',
    about: [
      'Prints JSON Schema (2020-12) of the parameters of a module, without a name of all modules: by its manifest where',
      'tsips has it, else by what OpenSIPS takes.',
    ],
    formats: ['json'],
    options: [
      { name: 'opensips', value: 'version', help: 'Only the parameters that this version of OpenSIPS has' },
      ...help,
    ],
  },
} as const satisfies Readonly<Record<string, WordCommand>>;

export type WordCommandName = keyof typeof wordCommands;

export function isWordCommand(word: string | undefined): word is WordCommandName {
  return word !== undefined && Object.hasOwn(wordCommands, word);
}
