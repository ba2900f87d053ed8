import type { DomainFiles, NamedPath } from './domain-files.ts';
import { revocationListBlocks } from './pem.ts';
import { openSslReason } from './read-certificates.ts';
import type { RevocationLists, X509Crl } from './revocation.ts';

/** The revocation lists of a domain: for OpenSSL where they speak for whole chains, else for our own check. */
export interface ReadRevocation {
  /** All of them, as PEM. */
  readonly blocks: readonly string[];
  readonly forChains: readonly string[];
  readonly forLeafs: RevocationLists | undefined;
}

/** A list in its file. */
interface ListBlock {
  readonly path: string;
  readonly block: string;
}

/** Reads crl_dir. */
export async function readRevocation(files: DomainFiles, now: Date): Promise<ReadRevocation> {
  const none = { blocks: [], forChains: [], forLeafs: undefined };
  const checkAll = files.flag('crl_check_all', false);
  const folder = files.path('crl_dir');
  const found = folder && blocksIn(folder, files);
  if (!found || found.length === 0) return none;
  // Only a config with lists waits for the library.
  const library = await import('./revocation.ts');
  const lists = found.flatMap(({ path, block }) => {
    const list = parsed(() => library.parseList(block), path, folder, files);
    const since = list && library.expiryOf(list, now);
    if (since) {
      const what = `the revocation list of ${list.issuer} in crl_dir of TLS domain ${files.name}`;
      files.report('crl-expired', `${what} expired on ${since.toUTCString()}: ${path}`, folder.place);
    }
    return list ?? [];
  });
  const blocks = found.map(({ block }) => block);
  return {
    blocks,
    forChains: checkAll ? blocks : [],
    forLeafs: checkAll ? undefined : new library.RevocationLists(lists),
  };
}

function blocksIn(folder: NamedPath, files: DomainFiles): readonly ListBlock[] | undefined {
  const read = files.readFolder(folder, 'crl_dir');
  if (!read) return undefined;
  const blocks = read.flatMap(({ path, text }) =>
    revocationListBlocks(text).map((block) => [block, { path, block }] as const),
  );
  if (blocks.length === 0) {
    const what = `crl_dir of TLS domain ${files.name} holds no revocation list`;
    files.report('crl-none', `${what}: ${folder.path}`, folder.place);
  }
  // A list may be there twice, under its hash and under its name.
  return [...new Map(blocks).values()];
}

function parsed(
  parse: () => X509Crl,
  path: string,
  { place }: NamedPath,
  files: DomainFiles,
): X509Crl | undefined {
  try {
    return parse();
  } catch (error) {
    const what = `a revocation list in crl_dir of TLS domain ${files.name}`;
    files.report('crl-broken', `${what} cannot be read: ${path} (${openSslReason(error)})`, place);
    return undefined;
  }
}
