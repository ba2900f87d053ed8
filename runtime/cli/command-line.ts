import { type CertsLine, parseCerts } from './certs-line.ts';
import { getopt, optionTable, type Token } from './getopt.ts';
import { type MigrateLine, parseMigrate } from './migrate-line.ts';
import { allocators, commands, type OptionFacts, options, pollMethods } from './option-table.ts';
import { type OptionProblem, tokenProblem } from './token-problem.ts';
import { isWordCommand, type WordCommandName } from './word-commands.ts';
import { parseWords, type WordLine } from './word-line.ts';

const findingFormats = ['human', 'json', 'opensips'] as const;
type FindingFormat = (typeof findingFormats)[number];

/** A command line that was understood. */
export interface CommandLine {
  /** The word in front; undefined to start (or, with -c or -C, to check). */
  readonly command: string | undefined;
  /** What stands behind a word that is none of ours: a module of the config may know it (`tls explain …`). */
  readonly words: readonly string[];
  readonly configFile: string | undefined;
  readonly check: boolean;
  /** -l, in order. */
  readonly listeners: readonly string[];
  /** How many -d. */
  readonly debugLevels: number;
  readonly debugMode: boolean;
  readonly foreground: boolean;
  readonly logToStderr: boolean;
  readonly workingDirectory: string | undefined;
  readonly chroot: string | undefined;
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly preprocessor: string | undefined;
  readonly pidFile: string | undefined;
  readonly pgidFile: string | undefined;
  /** -o; without `=` the value is ''. */
  readonly argumentVariables: ReadonlyMap<string, string>;
  readonly advertisedAddress: string | undefined;
  /** --opensips */
  readonly version: string | undefined;
  readonly format: FindingFormat | undefined;
  readonly inert: boolean;
  /** --loadmodule, in order. */
  readonly modules: readonly string[];
  /** --message, --route: for run-route. */
  readonly messageFile: string | undefined;
  readonly route: string | undefined;
  /** Options that were given and change nothing. */
  readonly noEffect: readonly OptionFacts[];
  /** Arguments that are nothing. */
  readonly ignored: readonly string[];
  /** What is wrong but does not keep the program from going on. */
  readonly complaints: readonly OptionProblem[];
}

/** Words whose help is their own. */
export type HelpedCommand = 'certs' | 'migrate' | WordCommandName;

type ParsedCommandLine =
  | { readonly kind: 'run'; readonly line: CommandLine }
  | { readonly kind: 'certs'; readonly line: CertsLine }
  | { readonly kind: 'words'; readonly line: WordLine }
  | { readonly kind: 'migrate'; readonly line: MigrateLine }
  | { readonly kind: 'version' }
  /** `command`: the word whose help is wanted, where it has one of its own. */
  | { readonly kind: 'help'; readonly command?: HelpedCommand }
  | { readonly kind: 'wrong'; readonly problems: readonly OptionProblem[] };

const byName = new Map(options.map((facts) => [facts.name, facts]));

/** Reads the arguments behind the program's name (main.c: the two getopt loops). */
export function parseCommandLine(argv: readonly string[]): ParsedCommandLine {
  const tokens = getopt(argv, optionTable(options));
  const [first] = tokens;
  const command = first?.kind === 'operand' ? first.text : undefined;
  if (command === 'certs') return parseCerts(argv.slice(argv.indexOf(command) + 1));
  if (isWordCommand(command)) return parseWords(command, argv.slice(argv.indexOf(command) + 1));
  if (command === 'migrate') return parseMigrate(argv.slice(argv.indexOf(command) + 1));
  const line = new MutableCommandLine(command);
  for (const token of inOrder(command === undefined ? tokens : tokens.slice(1))) {
    if (isOption(token, 'V', 'version')) return { kind: 'version' };
    if (isOption(token, 'h', 'help')) return { kind: 'help' };
    const problems = take(token, line);
    if (problems.length > 0) return { kind: 'wrong', problems };
  }
  return { kind: 'run', line };
}

class MutableCommandLine implements CommandLine {
  readonly command: string | undefined;
  words: string[] = [];
  configFile: string | undefined;
  check = false;
  listeners: string[] = [];
  debugLevels = 0;
  debugMode = false;
  foreground = false;
  logToStderr = false;
  workingDirectory: string | undefined;
  chroot: string | undefined;
  user: string | undefined;
  group: string | undefined;
  preprocessor: string | undefined;
  pidFile: string | undefined;
  pgidFile: string | undefined;
  argumentVariables = new Map<string, string>();
  advertisedAddress: string | undefined;
  version: string | undefined;
  format: FindingFormat | undefined;
  inert = false;
  modules: string[] = [];
  messageFile: string | undefined;
  route: string | undefined;
  noEffect: OptionFacts[] = [];
  ignored: string[] = [];
  complaints: OptionProblem[] = [];

  constructor(command: string | undefined) {
    this.command = command;
  }
}

/** Options that set a text, or a flag, of the line. */
const texts = {
  f: 'configFile',
  w: 'workingDirectory',
  t: 'chroot',
  u: 'user',
  g: 'group',
  p: 'preprocessor',
  P: 'pidFile',
  G: 'pgidFile',
  A: 'advertisedAddress',
  opensips: 'version',
  message: 'messageFile',
  route: 'route',
} as const satisfies Readonly<Record<string, keyof CommandLine>>;

const flags = {
  c: 'check',
  C: 'check',
  D: 'debugMode',
  F: 'foreground',
  E: 'logToStderr',
  inert: 'inert',
} as const satisfies Readonly<Record<string, keyof CommandLine>>;

/** The others; what comes back is a problem. */
const actions: Readonly<
  Record<string, (line: MutableCommandLine, value: string) => string | OptionProblem[] | undefined>
> = {
  l: addListener,
  d: raiseLevel,
  o: addArgumentVariable,
  a: (_line, value) => checkAllocator('a', value),
  k: (_line, value) => checkAllocator('k', value),
  s: (_line, value) => checkAllocator('s', value),
  W: (_line, value) => checkPollMethod(value),
  format: setFormat,
  loadmodule: addModule,
};

function take(token: Token, line: MutableCommandLine): readonly OptionProblem[] {
  switch (token.kind) {
    case 'operand':
      if (line.command === undefined || isCommand(line.command)) line.ignored.push(token.text);
      else line.words.push(token.text);
      return [];
    case 'letter':
      return takeOption(token.letter, token.value, line);
    case 'word':
      return takeOption(token.name, token.value, line);
    default:
      return [tokenProblem(token)];
  }
}

function takeOption(
  name: string,
  value: string | undefined,
  line: MutableCommandLine,
): readonly OptionProblem[] {
  const facts = byName.get(name);
  if (facts?.number !== undefined && !/^\s*[-+]?\d+$/.test(value ?? '')) {
    return [{ caller: 'main', message: `bad ${facts.number}: -${badNumberLetter(name)} ${value}` }];
  }
  if (facts?.noEffect !== undefined) line.noEffect.push(facts);
  if (isKey(texts, name)) line[texts[name]] = value;
  if (isKey(flags, name)) line[flags[name]] = true;
  const problem = actions[name]?.(line, value ?? '');
  if (problem === undefined) return [];
  return typeof problem === 'string' ? [{ caller: 'main', message: problem }] : problem;
}

/** A word of the program itself. */
export function isCommand(word: string): boolean {
  return commands.some(({ name }) => name === word);
}

function isKey<T extends object>(table: T, name: string | number | symbol): name is keyof T {
  return Object.hasOwn(table, name);
}

/** The original says -m to a bad -M too. */
function badNumberLetter(letter: string): string {
  return letter === 'M' ? 'm' : letter;
}

const protocols = /^(?:any|udp|tcp|tls|sctp|ws|wss|bin|bins|hep_udp|hep_tcp|hep_tls|smpp|msrp|msrps|ipsec)$/i;

/** The socket itself is judged with the config's; here only what the original refuses at once. */
function addListener(line: MutableCommandLine, value: string): OptionProblem[] | undefined {
  const [, protocol] = /^([a-z_]+):(?!:)[^:[\]]+(?::\d+)?$/i.exec(value) ?? [];
  const isHostAndPort = /^[^:]+:\d+$/.test(value);
  if (protocol !== undefined && !isHostAndPort && !protocols.test(protocol)) {
    return [
      { caller: 'parse_phostport', message: `bad protocol in ${value}` },
      { caller: 'main', message: `bad -l address specifier: ${value}` },
    ];
  }
  if (value === '') return [{ caller: 'main', message: `bad -l address specifier: ${value}` }];
  line.listeners.push(value);
  return undefined;
}

/** It becomes a line of the config, so it may hold nothing that would end the name there. */
function addModule(line: MutableCommandLine, value: string): string | undefined {
  if (!/^[\w./-]+$/.test(value)) return `bad module name: --loadmodule ${value}`;
  line.modules.push(value);
  return undefined;
}

function raiseLevel(line: MutableCommandLine): undefined {
  line.debugLevels++;
}

/** pvar.c `add_arg_var`: a bad -o is said, and the start goes on without it. */
function addArgumentVariable(line: MutableCommandLine, value: string): undefined {
  const at = value.indexOf('=');
  const name = at === -1 ? value : value.slice(0, at);
  const duplicate = line.argumentVariables.has(name);
  if (name !== '' && !duplicate) {
    line.argumentVariables.set(name, at === -1 ? '' : value.slice(at + 1));
    return;
  }
  const why = duplicate ? `duplicate option name <${name}>` : 'no option name specified';
  line.complaints.push({ caller: 'add_arg_var', message: why });
  line.complaints.push({ caller: 'main', message: `cannot add option ${value}` });
}

function checkAllocator(letter: string, value: string): string | undefined {
  if (allocators.includes(value.toUpperCase())) return undefined;
  return `current build does not support this allocator (-${letter} ${value})`;
}

function checkPollMethod(value: string): string | undefined {
  if (pollMethods.includes(value.toLowerCase())) return undefined;
  return `bad poll method name: -W ${value}\ntry one of poll, epoll, sigio_rt, select.`;
}

function setFormat(line: MutableCommandLine, value: string): string | undefined {
  const format = findingFormats.find((known) => known === value);
  if (format === undefined) return `bad format: --format ${value} (one of ${findingFormats.join(', ')})`;
  line.format = format;
  return undefined;
}

function inOrder(tokens: readonly Token[]): Token[] {
  const early = (token: Token): boolean =>
    token.kind === 'letter' && byName.get(token.letter)?.early === true;
  return [...tokens.filter(early), ...tokens.filter((token) => !early(token))];
}

function isOption(token: Token, letter: string, word: string): boolean {
  return (
    (token.kind === 'letter' && token.letter === letter) || (token.kind === 'word' && token.name === word)
  );
}
