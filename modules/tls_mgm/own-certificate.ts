import type { KeyObject, X509Certificate } from 'node:crypto';
import { judgeChain, judgeTimes } from './chain-checks.ts';
import type { DomainFiles, NamedPath } from './domain-files.ts';
import { certificateBlocks, holdsInstead } from './pem.ts';
import { readPrivateKey } from './private-key.ts';
import { readCertificates, shownName } from './read-certificates.ts';
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

/** Reads certificate and key of a domain and judges both. A client domain may have none: it shows none then. */
export function readOwnCertificate(
  files: DomainFiles,
  authorities: readonly X509Certificate[],
  tools: ReadingTools,
): OwnCertificate {
  const isServer = files.domain.side === 'server';
  const path = files.path('certificate', isServer ? defaultPaths.certificate : undefined);
  if (!path) return { chain: [], key: undefined };
  const chain = readChain(path, files);
  const key = readKey(path, chain, files, tools);
  judgeTimes(chain, path.place, files, tools.now());
  if (key) judgeKey(key, chain, path, files);
  judgeChain(chain, authorities, path.place, files);
  return { chain, key };
}

function readChain(path: NamedPath, files: DomainFiles): X509Certificate[] {
  const file = files.read(path, 'the certificate');
  if (!file) return [];
  if (certificateBlocks(file.text).length === 0) {
    const holds = holdsInstead(file.text, 'CERTIFICATE');
    files.report(
      'file-not-pem',
      `the certificate of TLS domain ${files.name} holds ${holds}: ${path.path}`,
      path.place,
    );
  }
  return readCertificates(file, 'the certificate', files, path.place);
}

/** A key that is set is read in any case, so that one run tells all that is wrong. */
function readKey(
  certificate: NamedPath,
  chain: readonly X509Certificate[],
  files: DomainFiles,
  tools: ReadingTools,
): KeyObject | undefined {
  if (chain.length === 0 && !files.setting('private_key')) return undefined;
  const isServer = files.domain.side === 'server';
  const path = files.path('private_key', isServer ? defaultPaths.key : undefined);
  if (path) return readPrivateKey(path, files, tools.environment);
  const which = `TLS domain ${files.name} has a certificate and no private_key`;
  files.report('key-missing', which, certificate.place);
  return undefined;
}

function judgeKey(
  key: KeyObject,
  chain: readonly X509Certificate[],
  certificate: NamedPath,
  files: DomainFiles,
): void {
  const [leaf] = chain;
  if (!leaf || leaf.checkPrivateKey(key)) return;
  const path = files.path('private_key') ?? certificate;
  const other = chain.findIndex((each) => each.checkPrivateKey(key));
  const hint = other < 0 ? '' : `, but to number ${other + 1} in the certificate's file`;
  const which = `the certificate of TLS domain ${files.name} (${shownName(leaf.subject)})`;
  files.report(
    'key-mismatch',
    `the private key does not belong to ${which}${hint}: ${path.path}`,
    path.place,
  );
}
