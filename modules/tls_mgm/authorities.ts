import type { X509Certificate } from 'node:crypto';
import type { DomainFiles, NamedPath } from './domain-files.ts';
import { certificateBlocks } from './pem.ts';
import { readCertificates } from './read-certificates.ts';
import type { SourceFile } from './source-files.ts';

/** The folder that OpenSIPS looks into where a config says nothing; most systems do not have it. */
const defaultFolder: NamedPath = { path: '/etc/pki/CA/', place: undefined };

/** Whom a domain trusts: the certificates of ca_list and ca_dir, else of OpenSIPS's default folder; nobody else. */
export function readAuthorities(files: DomainFiles): readonly X509Certificate[] {
  const list = files.path('ca_list');
  const folder = files.path('ca_dir');
  // Nobody has set it, so nobody is told what is wrong with it.
  if (!list && !folder) return unique(ofFolder(defaultFolder, files.unheard()));
  return unique([...(list ? ofList(list, files) : []), ...(folder ? ofFolder(folder, files) : [])]);
}

function ofList(list: NamedPath, files: DomainFiles): X509Certificate[] {
  const file = files.read(list, 'ca_list');
  return file ? certificatesIn([file], 'ca_list', list, files) : [];
}

function ofFolder(folder: NamedPath, files: DomainFiles): X509Certificate[] {
  const found = files.readFolder(folder, 'ca_dir');
  return found ? certificatesIn(found, 'ca_dir', folder, files) : [];
}

function certificatesIn(
  sources: readonly SourceFile[],
  what: string,
  { path, place }: NamedPath,
  files: DomainFiles,
): X509Certificate[] {
  if (!sources.some(({ text }) => certificateBlocks(text).length > 0)) {
    files.report('ca-empty', `${what} of TLS domain ${files.name} holds no certificate: ${path}`, place);
  }
  return sources.flatMap((source) => readCertificates(source, what, files, place));
}

/** A certificate may be there twice, under its hash and under its name. */
function unique(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint256, each])).values()];
}
