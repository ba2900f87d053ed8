import type { DomainFiles } from './domain-files.ts';
import type { Place } from './findings.ts';
import { revocationListBlocks } from './pem.ts';
import { openSslReason } from './read-certificates.ts';
import type { RevocationLists } from './revocation.ts';

/** The revocation lists of a domain: for OpenSSL where they speak for whole chains, else for our own check. */
export interface ReadRevocation {
  /** All of them, as PEM. */
  readonly blocks: readonly string[];
  readonly forChains: readonly string[];
  readonly forLeafs: RevocationLists | undefined;
}

/** Reads crl_dir. */
export async function readRevocation(files: DomainFiles, now: Date): Promise<ReadRevocation> {
  const none = { blocks: [], forChains: [], forLeafs: undefined };
  const checkAll = files.flag('crl_check_all', false);
  const folder = files.path('crl_dir');
  const texts = folder && files.readFolder(folder, 'crl_dir');
  if (!texts) return none;
  const blocks = [...new Set(texts.flatMap(({ text }) => revocationListBlocks(text)))];
  if (blocks.length === 0) {
    const what = `crl_dir of TLS domain ${files.name} holds no revocation list`;
    files.report('crl-none', `${what}: ${folder.path}`, folder.place);
    return none;
  }
  const lists = await readLists(blocks, files, folder.place, now);
  return { blocks, forChains: checkAll ? blocks : [], forLeafs: checkAll ? undefined : lists };
}

async function readLists(
  blocks: readonly string[],
  files: DomainFiles,
  place: Place | undefined,
  now: Date,
): Promise<RevocationLists | undefined> {
  // Only a config with lists waits for the library.
  const { RevocationLists: Lists } = await import('./revocation.ts');
  try {
    const lists = new Lists(blocks);
    for (const { issuer, since } of lists.expired(now)) {
      const what = `the revocation list of ${issuer} in crl_dir`;
      files.report('crl-expired', `${what} expired on ${since.toUTCString()}`, place);
    }
    return lists;
  } catch (error) {
    const what = `a revocation list in crl_dir of TLS domain ${files.name}`;
    files.report('crl-broken', `${what} cannot be read: ${openSslReason(error)}`, place);
    return undefined;
  }
}
