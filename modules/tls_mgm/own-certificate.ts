import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { DomainFiles, NamedPath } from './domain-files.ts';
import type { Place } from './findings.ts';
import { certificateBlocks, type PemBlock, pemBlocks } from './pem.ts';
import { openSslReason, readCertificates, shownName } from './read-certificates.ts';
import type { ReadingTools } from './reading-tools.ts';

/** What a domain shows its peers. */
export interface OwnCertificate {
  /** The certificate, and those behind it in its file. */
  readonly chain: readonly X509Certificate[];
  readonly key: KeyObject | undefined;
}

/** OpenSIPS's defaults, the same in all versions, in the folder that its packages have. */
const defaultPaths = {
  certificate: '/etc/opensips/tls/cert.pem',
  key: '/etc/opensips/tls/ckey.pem',
} as const;

const DAY = 24 * 60 * 60 * 1000;
/** From so many days before its end on a certificate is warned of. */
const DAYS_AHEAD = 30;

/** Reads certificate and key of a domain and judges both. A client domain may have none: it shows none then. */
export function readOwnCertificate(
  files: DomainFiles,
  authorities: readonly X509Certificate[],
  tools: ReadingTools,
): OwnCertificate {
  const isServer = files.domain.side === 'server';
  const path = files.path('certificate', isServer ? defaultPaths.certificate : undefined);
  const chain = path ? readChain(path, files) : [];
  const [leaf] = chain;
  // A key that is set is read in any case, so that one run tells all that is wrong.
  const wantsKey = leaf !== undefined || files.setting('private_key') !== undefined;
  const key = path && wantsKey ? readKey(path.place, files, tools) : undefined;
  if (!path || !leaf) return { chain, key: undefined };
  judgeTimes(leaf, path.place, files, tools.now());
  if (key && !leaf.checkPrivateKey(key)) {
    const place = files.setting('private_key')?.place ?? path.place;
    const which = `the certificate of TLS domain ${files.name} (${shownName(leaf.subject)})`;
    files.report('key-mismatch', `the private key does not belong to ${which}`, place);
  }
  judgeChain(chain, authorities, path.place, files);
  return { chain, key };
}

function readChain(path: NamedPath, files: DomainFiles): X509Certificate[] {
  const text = files.read(path, 'the certificate');
  if (text === undefined) return [];
  const blocks = certificateBlocks(text);
  if (blocks.length === 0) reportNoBlock('the certificate', 'CERTIFICATE', pemBlocks(text), path, files);
  return readCertificates(blocks, 'the certificate', files, path.place);
}

function reportNoBlock(
  what: string,
  wanted: string,
  blocks: readonly PemBlock[],
  path: NamedPath,
  files: DomainFiles,
): void {
  const [first] = blocks;
  const holds = first ? `a PEM block ${first.label} and no ${wanted}` : 'no PEM';
  files.report(
    'file-not-pem',
    `${what} of TLS domain ${files.name} holds ${holds}: ${path.path}`,
    path.place,
  );
}

function readKey(
  certificate: Place | undefined,
  files: DomainFiles,
  tools: ReadingTools,
): KeyObject | undefined {
  const isServer = files.domain.side === 'server';
  const path = files.path('private_key', isServer ? defaultPaths.key : undefined);
  if (!path) {
    files.report('key-missing', `TLS domain ${files.name} has a certificate and no private_key`, certificate);
    return undefined;
  }
  const text = files.read(path, 'the private key');
  if (text === undefined) return undefined;
  const block = pemBlocks(text).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block) return parseKey(block, path, files, tools);
  reportNoBlock('the private key', 'PRIVATE KEY', pemBlocks(text), path, files);
  return undefined;
}

function parseKey(
  { label, text }: PemBlock,
  { path, place }: NamedPath,
  files: DomainFiles,
  tools: ReadingTools,
): KeyObject | undefined {
  const encrypted = label.startsWith('ENCRYPTED') || text.includes('ENCRYPTED');
  const passphrase = encrypted ? readPassword(files, tools) : undefined;
  const which = `the private key of TLS domain ${files.name}`;
  if (encrypted && passphrase === undefined) {
    if (!files.setting('private_key_password')) {
      files.report('key-encrypted', `${which} is encrypted: ${path}`, place);
    }
    return undefined;
  }
  try {
    return createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    const reason = openSslReason(error);
    if (encrypted) files.report('key-password', `${which} does not open with its password: ${reason}`, place);
    else files.report('key-broken', `${which} cannot be read: ${reason}`, place);
    return undefined;
  }
}

/** `file:PATH` or `env:NAME`; undefined, with a finding, where that leads to none. */
function readPassword(files: DomainFiles, tools: ReadingTools): string | undefined {
  const setting = files.setting('private_key_password');
  if (!setting) return undefined;
  const [, kind, rest = ''] = /^(file|env):(.+)$/.exec(setting.value) ?? [];
  if (kind === 'file') {
    const path = { path: tools.resolvePath(rest), place: setting.place };
    return files.read(path, 'private_key_password')?.split(/\r?\n/, 1)[0];
  }
  const value = kind === 'env' ? tools.environment[rest] : undefined;
  if (value !== undefined) return value;
  const why = kind === 'env' ? `the environment has no ${rest}` : 'it is neither file:PATH nor env:NAME';
  files.report('key-password', `private_key_password of TLS domain ${files.name}: ${why}`, setting.place);
  return undefined;
}

function judgeTimes(leaf: X509Certificate, place: Place | undefined, files: DomainFiles, now: Date): void {
  const days = (new Date(leaf.validTo).getTime() - now.getTime()) / DAY;
  const what = `the certificate of TLS domain ${files.name} (${shownName(leaf.subject)})`;
  if (new Date(leaf.validFrom) > now) {
    files.report('certificate-early', `${what} is valid from ${leaf.validFrom} on`, place);
  } else if (days < 0) {
    files.report('certificate-expired', `${what} expired on ${leaf.validTo}`, place);
  } else if (days < DAYS_AHEAD) {
    files.report(
      'certificate-expires',
      `${what} expires in ${Math.floor(days)} days, on ${leaf.validTo}`,
      place,
    );
  }
}

function judgeChain(
  chain: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  place: Place | undefined,
  files: DomainFiles,
): void {
  const wrong = chain.findIndex((certificate, at) => at > 0 && !chain[at - 1]?.checkIssued(certificate));
  if (wrong > 0) {
    const [signed, other] = [chain[wrong - 1], chain[wrong]].map((each) => shownName(each?.subject));
    const what = `number ${wrong + 1} (${other}) did not sign number ${wrong} (${signed})`;
    files.report('chain-order', `in the certificate file of TLS domain ${files.name} ${what}`, place);
    return;
  }
  const last = chain.at(-1);
  if (!last || isComplete(last, authorities)) return;
  const issuer = `its issuer (${shownName(last.issuer)}) is neither in the file nor a known root`;
  const what = `the certificate of TLS domain ${files.name} ends with ${shownName(last.subject)}`;
  // An authority of one's own seldom says where its certificate is to be had, and its clients know it.
  const isPublic = last.infoAccess?.includes('CA Issuers') ?? false;
  files.report('chain-incomplete', `${what}, and ${issuer}`, place, isPublic ? {} : ownAuthority);
}

const ownAuthority = {
  severity: 'note',
  help: 'nothing, where the issuer is a root that the clients know; else put its certificate behind it in the file',
} as const;

/** A root, or signed by somebody whom peers know themselves. */
function isComplete(last: X509Certificate, authorities: readonly X509Certificate[]): boolean {
  if (last.checkIssued(last)) return true;
  if (authorities.some((authority) => last.checkIssued(authority))) return true;
  return rootCertificates.some((root) => last.checkIssued(new X509Certificate(root)));
}
