/** One option of the program; the letters are those of OpenSIPS 2.1 to 4.0. */
export interface OptionFacts {
  /** One letter for OpenSIPS's options, a word for ours. */
  readonly name: string;
  /** The word that stands for the value in the help; absent where the option takes none. */
  readonly value?: string;
  readonly help: string;
  /** OpenSIPS reads these in a first pass (main.c), so their errors come first. */
  readonly early?: true;
  /** The value must be a whole number, or the start ends with `bad <this>: -x <value>`. */
  readonly number?: string;
  /** Accepted, and said to change nothing; the text says why. */
  readonly noEffect?: string;
}

const memory = 'memory is managed by Node';
const workers = 'one process serves all sockets';

export const options: readonly OptionFacts[] = [
  {
    name: 'f',
    value: 'file',
    help: 'The config. Default ./opensips.cfg, else /etc/opensips/opensips.cfg; - reads standard input',
  },
  { name: 'c', help: 'Check: would a start with these options succeed?' },
  { name: 'C', help: 'The same, as OpenSIPS’s deeper check; here both look at everything' },
  {
    name: 'l',
    value: 'address',
    help: 'Listen there too: [proto:]host|ip|interface[:port]. May be repeated',
  },
  { name: 'n', value: 'processes', help: 'UDP workers', number: 'UDP workers number', noEffect: workers },
  { name: 'N', value: 'processes', help: 'TCP workers', number: 'TCP workers number', noEffect: workers },
  {
    name: 'r',
    help: 'DNS before received= is added to a Via',
    noEffect: 'received= goes by the address alone',
  },
  {
    name: 'R',
    help: 'Reverse DNS before received= is added to a Via',
    noEffect: 'received= goes by the address alone',
  },
  {
    name: 'v',
    help: 'Check the host of the topmost Via of replies',
    noEffect: 'a reply whose topmost Via is not of this host is always dropped',
  },
  { name: 'd', help: 'One log level more; may be repeated', early: true },
  { name: 'D', help: 'Debug mode: stay in the foreground, log everything to standard error, no pid file' },
  { name: 'F', help: 'Stay in the foreground' },
  { name: 'E', help: 'Log to standard error (deprecated since 3.4)' },
  { name: 'i', help: 'Accept modules of another revision', noEffect: 'modules carry no revision' },
  { name: 'T', help: 'No TCP (2.x)', noEffect: 'sockets are opened as the config says' },
  { name: 'S', help: 'No SCTP (2.x)', noEffect: 'there is no SCTP' },
  { name: 'W', value: 'method', help: 'The poll method', noEffect: 'Node chooses how it polls' },
  {
    name: 'b',
    value: 'bytes',
    help: 'Largest receive buffer',
    number: 'max buffer size number',
    noEffect: 'the system sizes the buffers',
  },
  { name: 'a', value: 'allocator', help: 'Allocator of all memory', early: true, noEffect: memory },
  { name: 'k', value: 'allocator', help: 'Allocator of private memory', early: true, noEffect: memory },
  { name: 's', value: 'allocator', help: 'Allocator of shared memory', early: true, noEffect: memory },
  {
    name: 'm',
    value: 'megabytes',
    help: 'Shared memory',
    early: true,
    number: 'shmem size number',
    noEffect: memory,
  },
  {
    name: 'M',
    value: 'megabytes',
    help: 'Private memory',
    early: true,
    number: 'pkgmem size number',
    noEffect: memory,
  },
  { name: 'w', value: 'dir', help: 'The working directory of the running program. Default /' },
  { name: 't', value: 'dir', help: 'Change the root directory (refused: Node cannot)' },
  {
    name: 'u',
    value: 'user',
    help: 'Become this user (name or number) once the sockets are open',
    early: true,
  },
  {
    name: 'g',
    value: 'group',
    help: 'Become this group (name or number) once the sockets are open',
    early: true,
  },
  {
    name: 'p',
    value: 'command',
    help: 'A filter for the config and its includes: standard input to standard output',
  },
  { name: 'P', value: 'file', help: 'Write the process id there' },
  { name: 'G', value: 'file', help: 'Write the process group id there' },
  { name: 'o', value: 'name[=value]', help: 'A value that the script reads as $argv(name). May be repeated' },
  { name: 'A', value: 'address', help: 'The address to advertise on all sockets' },
  { name: 'V', help: 'Print the version' },
  { name: 'h', help: 'Print this help' },
  {
    name: 'opensips',
    value: 'version',
    help: 'The OpenSIPS version that the config is written for, 2.1 to 4.0. Default: guessed',
  },
  {
    name: 'format',
    value: 'human|json|opensips',
    help: 'How findings are told. Default: human on a terminal, else OpenSIPS’s lines with ours below',
  },
  {
    name: 'inert',
    help: 'Start even though functions, variables or sockets of modules that tsips lacks are used',
  },
  {
    name: 'loadmodule',
    value: 'name',
    help: 'Load this module too, as if a loadmodule line named it at the end of the config. May be repeated',
  },
  { name: 'message', value: 'file', help: 'For run-route: the message, - for standard input' },
  {
    name: 'route',
    value: 'name',
    help: 'For run-route: another route than the main one: NAME, failure_route[NAME], …',
  },
  { name: 'help', help: 'As -h' },
  { name: 'version', help: 'As -V' },
];

/** A word in front of the options. */
interface CommandFacts {
  readonly name: string;
  readonly help: string;
}

export const commands: readonly CommandFacts[] = [
  { name: 'modules', help: 'Print the modules of the config, where each comes from and what it depends on' },
  { name: 'explain', help: 'Print each route as it will run, with the modules of its functions' },
  {
    name: 'run-route',
    help: 'Run the script on the message of --message without sockets: its trace, edits, and what it would send',
  },
  { name: 'check', help: 'Judge files for the OpenSIPS version that they are written for (tsips check -h)' },
  { name: 'doc', help: 'Print what is known of a parameter, function, variable, … (tsips doc -h tells how)' },
  { name: 'schema', help: 'Print JSON Schema of the parameters of a module, or of all (tsips schema -h)' },
  { name: 'migrate', help: 'Bring a config into the form of a newer OpenSIPS (tsips migrate -h tells how)' },
  { name: 'certs', help: 'Make certificates for development (tsips certs -h tells how)' },
];

/** What may stand behind the word `migrate`. */
export const migrateOptions: readonly OptionFacts[] = [
  { name: 'to', value: 'version', help: 'The OpenSIPS version that it shall be for, 2.1 to 4.0' },
  { name: 'from', value: 'version', help: 'The version that it is for. Default: guessed' },
  { name: 'diff', help: 'Print the changes as a unified diff' },
  { name: 'write', help: 'Write the files that change in their places, all or none' },
  { name: 'o', value: 'dir', help: 'Write all files of the config into this folder' },
  { name: 'h', help: 'Print this help' },
  { name: 'help', help: 'As -h' },
];

/** What may stand behind the word `certs`. */
export const certsOptions: readonly OptionFacts[] = [
  { name: 'force', help: 'Make certificates anew that are there; the authority is kept' },
  { name: 'if-missing', help: 'Leave certificates that are there, and be quiet where all are' },
  { name: 'h', help: 'Print this help' },
  { name: 'help', help: 'As -h' },
];

/** mem/common.c: the names that -a, -k and -s take, in any case. */
export const allocators: readonly string[] = [
  ...['F_MALLOC', 'F_MALLOC_DBG', 'F_PARALLEL_MALLOC', 'F_PARALLEL_MALLOC_DBG'],
  ...['Q_MALLOC', 'Q_MALLOC_DBG', 'HP_MALLOC', 'HP_MALLOC_DBG'],
];

/** io_wait.c: the poll methods that -W takes. */
export const pollMethods: readonly string[] = ['poll', 'epoll', 'sigio_rt', 'select', 'kqueue', '/dev/poll'];
