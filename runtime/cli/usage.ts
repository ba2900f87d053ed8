import { productVersion } from '../version.ts';
import type { HelpedCommand } from './command-line.ts';
import { certsOptions, commands, migrateOptions, type OptionFacts, options } from './option-table.ts';
import { type WordCommand, type WordCommandName, wordCommands } from './word-commands.ts';

/** The OpenSIPS release whose ways are followed where versions differ and a config does not say. */
const compatibleRelease = '3.6.8';

const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i386' };

/** `opensips 3.6.8 (x86_64/linux)`: the form that tools take apart. */
export function versionName(): string {
  return `opensips ${compatibleRelease} (${architectures[process.arch] ?? process.arch}/${process.platform})`;
}

/** What -V prints; the first line is OpenSIPS's. */
export function versionText(): string {
  return [
    `version: ${versionName()}`,
    `tsips ${productVersion}, follows OpenSIPS 2.1 to 4.0`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}, OpenSSL ${process.versions.openssl}`,
    '',
  ].join('\n');
}

const COLUMN = 24;

/** What -h prints. */
function helpText(): string {
  return [
    `version: ${versionName()}`,
    'Usage: tsips [command] [options]',
    'Runs an opensips.cfg. Without -F, -D, -c or -C it starts a detached process and returns when that listens.',
    'Commands:',
    ...commands.map(({ name, help }) => entry(name, help)),
    '    Modules of a config bring more, which `tsips modules` lists.',
    'Options:',
    ...options.map(optionEntry),
    '',
  ].join('\n');
}

/** The help of a command that has one of its own, or of the program. */
export function helpTextOf(command: HelpedCommand | undefined): string {
  if (command === undefined) return helpText();
  if (command === 'certs') return certsHelpText();
  return command === 'migrate' ? migrateHelpText() : wordHelpText(command);
}

/** What `tsips migrate -h` prints. */
function migrateHelpText(): string {
  return [
    `version: ${versionName()}`,
    'Usage: tsips migrate FILE --to VERSION [options]',
    'Brings a config and the files that it includes into the form of a newer OpenSIPS, and leaves every other byte',
    'as it is. The new text goes to standard output; what was done, and what is left to do, to standard error. What',
    'is left is marked in the text by a comment. The exit code is 0, 1 where something was left, 255 where nothing',
    'could be done.',
    'Options:',
    ...migrateOptions.map(optionEntry),
    '',
  ].join('\n');
}

/** What `tsips certs -h` prints. */
function certsHelpText(): string {
  return [
    `version: ${versionName()}`,
    'Usage: tsips certs [options] DIR [NAME...]',
    'Makes certificates in DIR, for development only: ca-cert.pem and ca-key.pem, an authority that stands there',
    'already or a new one, and for each NAME a certificate signed by it, NAME-cert.pem and NAME-key.pem.',
    'NAME is a host name, *.example.com, or an IPv4 or IPv6 address. Several joined by commas are one certificate,',
    'whose files have the name of the first. Default: localhost,127.0.0.1,::1',
    'Options:',
    ...certsOptions.map(optionEntry),
    '',
  ].join('\n');
}

/** What `tsips doc -h` and the like print. */
function wordHelpText(command: WordCommandName): string {
  const { usage, about, options: own }: WordCommand = wordCommands[command];
  return [
    `version: ${versionName()}`,
    `Usage: tsips ${command} [options] ${usage}`,
    ...about,
    'Options:',
    ...own.map(optionEntry),
    '',
  ].join('\n');
}

function optionEntry({ name, value, help, noEffect }: OptionFacts): string {
  const dashes = name.length === 1 ? `-${name}` : `--${name}`;
  const shown = value === undefined ? dashes : `${dashes} ${value}`;
  return entry(shown, noEffect === undefined ? help : `${help} (no effect here: ${noEffect})`);
}

function entry(left: string, right: string): string {
  return left.length < COLUMN - 5
    ? `    ${left.padEnd(COLUMN - 4)}${right}`
    : `    ${left}\n${' '.repeat(COLUMN)}${right}`;
}
