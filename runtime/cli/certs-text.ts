import { basename, join } from 'node:path';
import { dayOf } from './certs-check.ts';
import type { PairPaths } from './certs-files.ts';

/** A certificate that was made. */
export interface MadePair {
  readonly paths: PairPaths;
  /** What it is valid for; none: it is that of the authority. */
  readonly names: readonly string[];
  readonly notAfter: Date;
}

/**
 * What `tsips certs` prints: what it made, how a config takes it, how clients come to trust it.
 *
 * @param folder As others find it, from the root.
 */
export function certsText(folder: string, made: readonly MadePair[]): string {
  const authority = join(folder, 'ca-cert.pem');
  return [
    `Made in ${folder}, for development only:`,
    ...files(made),
    'Never use them where others rely on you: whoever gets ca-key.pem can pose as any server to those who trust ca-cert.pem.',
    ...modparams(folder, made),
    ...trust(authority),
    '',
  ].join('\n');
}

function files(made: readonly MadePair[]): string[] {
  const rows = made.flatMap(({ paths, names, notAfter }) => [
    [basename(paths.certificate), `${names.join(', ') || 'an authority'}; until ${dayOf(notAfter)}`],
    [basename(paths.key), 'its key'],
  ]);
  const width = Math.max(...rows.map(([file = '']) => file.length));
  return rows.map(([file = '', what]) => `    ${file.padEnd(width)}  ${what}`);
}

/** The form of OpenSIPS 3.x, where every value names its TLS domain. */
function modparams(folder: string, made: readonly MadePair[]): string[] {
  const [first, ...others] = made.filter(({ names }) => names.length > 0);
  if (first === undefined) return [];
  const inFolder = (path: string) => join(folder, basename(path));
  const params = [
    ['server_domain', 'dev'],
    ['certificate', `[dev]${inFolder(first.paths.certificate)}`],
    ['private_key', `[dev]${inFolder(first.paths.key)}`],
    ['ca_list', `[dev]${join(folder, 'ca-cert.pem')}`],
    ['verify_cert', '[dev]0'],
    ['require_cert', '[dev]0'],
  ];
  const more =
    'Each of the others is a server_domain of its own, chosen by match_sip_domain or match_ip_address.';
  return [
    '',
    'In a config of OpenSIPS 3.x, for clients that have no certificate:',
    ...params.map(([name, value]) => `    modparam("tls_mgm", "${name}", "${value}")`),
    ...(others.length > 0 ? [more] : []),
  ];
}

function trust(authority: string): string[] {
  return [
    '',
    `Clients must trust ${authority}:`,
    '    Firefox             Settings, Privacy & Security, View Certificates, Authorities, Import',
    '    Chrome, Chromium    chrome://certificate-manager, Local certificates, Custom, Trusted Certificates, Import',
    '    Safari              the keychain of macOS: open the file, then Trust, Always Trust',
    `    Node                NODE_EXTRA_CA_CERTS=${authority}`,
    `    curl                --cacert ${authority}`,
  ];
}
