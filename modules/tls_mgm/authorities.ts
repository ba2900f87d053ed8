import type { X509Certificate } from 'node:crypto';
import { DomainFiles, type NamedPath } from './domain-files.ts';
import { certificateBlocks } from './pem.ts';
import { readCertificates } from './read-certificates.ts';

/** The folder that OpenSIPS looks into where a config says nothing; most systems do not have it. */
const defaultFolder = '/etc/pki/CA/';

/** Whom a domain trusts: the certificates of ca_list and ca_dir, else of OpenSIPS's default folder; nobody else. */
export function readAuthorities(files: DomainFiles): X509Certificate[] {
  const list = files.path('ca_list');
  const folder = files.path('ca_dir');
  if (!list && !folder) return ofDefaultFolder(files);
  return [...(list ? ofList(list, files) : []), ...(folder ? ofFolder(folder, files) : [])];
}

function ofList(list: NamedPath, files: DomainFiles): X509Certificate[] {
  const text = files.read(list, 'ca_list');
  if (text === undefined) return [];
  const blocks = certificateBlocks(text);
  if (blocks.length === 0) {
    files.report(
      'ca-empty',
      `ca_list of TLS domain ${files.name} holds no certificate: ${list.path}`,
      list.place,
    );
  }
  return readCertificates(blocks, 'ca_list', files, list.place);
}

/** A certificate may be there twice, under its hash and under its name. */
function ofFolder(folder: NamedPath, files: DomainFiles): X509Certificate[] {
  const texts = files.readFolder(folder, 'ca_dir');
  if (!texts) return [];
  const blocks = new Set(texts.flatMap(({ text }) => certificateBlocks(text)));
  if (blocks.size === 0) {
    files.report(
      'ca-empty',
      `ca_dir of TLS domain ${files.name} holds no certificate: ${folder.path}`,
      folder.place,
    );
  }
  return readCertificates(blocks, 'ca_dir', files, folder.place);
}

function ofDefaultFolder(files: DomainFiles): X509Certificate[] {
  const quiet = new DomainFiles(files.domain, (path) => path);
  const texts = quiet.readFolder({ path: defaultFolder, place: undefined }, 'ca_dir') ?? [];
  const blocks = new Set(texts.flatMap(({ text }) => certificateBlocks(text)));
  return readCertificates(blocks, defaultFolder, quiet, undefined);
}
