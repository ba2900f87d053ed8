import { resolve } from 'node:path';
import { CertificateProblem } from '../certificates/problem.ts';
import { type CertificateRequest, readRequest } from '../certificates/request.ts';
import type { Log } from '../log/index.ts';
import { type Authority, leafFault, readAuthority } from './certs-check.ts';
import { hasPair, makeFolder, type PairPaths, pairPaths, removePair, writePair } from './certs-files.ts';
import type { CertsLine } from './certs-line.ts';
import { certsText, type MadePair } from './certs-text.ts';
import { FAILED, OK } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `tsips certs`: makes what is asked for and tells how to use it. Answers the exit code. */
export async function certs(line: CertsLine, log: Log, terminal: Terminal): Promise<number> {
  const core = log.for('core');
  try {
    const made = await makeMissing(line, (text) => core.warning('certs', text));
    if (made.length > 0) terminal.print(certsText(resolve(line.directory), made));
    return OK;
  } catch (error) {
    if (error instanceof CertificateProblem) core.error('certs', error.message);
    // With the stack: it is a fault of the program, not of its user.
    else core.critical('certs', error instanceof Error ? (error.stack ?? error.message) : String(error));
    core.notice('main', 'Exiting....');
    return FAILED;
  } finally {
    await log.close();
  }
}

/** What the files of the authority begin with. */
const AUTHORITY = 'ca';

interface Wanted {
  readonly request: CertificateRequest;
  readonly paths: PairPaths;
  /** Its files are there, and stay. */
  readonly kept: boolean;
}

/** Answers what it made. Errors: CertificateProblem; what can be known beforehand is said before a file is written. */
async function makeMissing(line: CertsLine, warn: (text: string) => void): Promise<MadePair[]> {
  const now = new Date();
  const wanted = line.names.map((names) => want(names, line));
  refuseSameFiles(wanted);
  const { authority, made } = await authorityOf(line.directory, now);
  for (const { request, paths, kept } of wanted) {
    if (kept) {
      const fault = leafFault(paths.certificate, request.names, authority, now);
      if (fault !== undefined) warn(`${paths.certificate} ${fault}: tsips certs --force makes a new one`);
    } else {
      made.push(await makeOne(request, paths, authority, now));
    }
  }
  return made;
}

function want(names: string, { directory, force, ifMissing }: CertsLine): Wanted {
  const request = readRequest(names);
  if (request.stem === AUTHORITY) {
    throw new CertificateProblem(
      `the files of '${names}' would be those of the authority: put another name first, joined by a comma`,
    );
  }
  const paths = pairPaths(directory, request.stem);
  if (force) return { request, paths, kept: false };
  const there = hasPair(paths, '--force makes both anew');
  if (there && !ifMissing) {
    throw new CertificateProblem(
      `${paths.certificate} is there already: --force makes a new one, --if-missing leaves it`,
    );
  }
  return { request, paths, kept: there };
}

function refuseSameFiles(wanted: readonly Wanted[]): void {
  const stems = wanted.map(({ request }) => request.stem);
  const twice = stems.find((stem, index) => stems.indexOf(stem) < index);
  if (twice === undefined) return;
  throw new CertificateProblem(`two certificates would be ${twice}-cert.pem: begin one with another name`);
}

/** The authority of the folder, which is made where there is none; `made` tells. */
async function authorityOf(
  folder: string,
  now: Date,
): Promise<{ readonly authority: Authority; readonly made: MadePair[] }> {
  const paths = pairPaths(folder, AUTHORITY);
  if (hasPair(paths, 'put that back, or remove what is there to have a new authority')) {
    return { authority: readAuthority(paths, now), made: [] };
  }
  const { makeAuthority } = await import('../certificates/development.ts');
  makeFolder(folder);
  writePair(paths, await makeAuthority(now));
  const authority = readAuthority(paths, now);
  return { authority, made: [{ paths, names: [], notAfter: authority.notAfter }] };
}

async function makeOne(
  { names }: CertificateRequest,
  paths: PairPaths,
  authority: Authority,
  now: Date,
): Promise<MadePair> {
  const { makeLeaf } = await import('../certificates/development.ts');
  const leaf = await makeLeaf(names, authority, now, authority.notAfter);
  removePair(paths);
  writePair(paths, { certificate: leaf.certificate + authority.chain, key: leaf.key });
  return { paths, names: names.map(({ value }) => value), notAfter: leaf.notAfter };
}
