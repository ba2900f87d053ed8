import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Issuer } from '../certificates/issue.ts';
import type { AlternativeName } from '../certificates/names.ts';
import { CertificateProblem } from '../certificates/problem.ts';
import { type PairPaths, readText } from './certs-files.ts';

/** An authority that can sign. */
export interface Authority extends Issuer {
  readonly parsed: X509Certificate;
  /** When its certificate ends. */
  readonly notAfter: Date;
  /** What servers send behind their own certificate, PEM; '' where it is a root. */
  readonly chain: string;
}

/** Reads an authority from its files. Errors: CertificateProblem for one whose signature would be worth nothing. */
export function readAuthority(paths: PairPaths, now: Date): Authority {
  const certificate = readText(paths.certificate);
  const parsed = parseCertificate(certificate);
  const key = parseKey(readText(paths.key));
  const remedy = `put another there, or remove ${paths.certificate} and ${paths.key} to have a new authority`;
  if (parsed === undefined) throw new CertificateProblem(`${paths.certificate} is no certificate: ${remedy}`);
  if (key === undefined) {
    throw new CertificateProblem(`${paths.key} is no private key without a passphrase: ${remedy}`);
  }
  const fault = authorityFault(parsed, key, now);
  if (fault !== undefined) throw new CertificateProblem(`${paths.certificate} ${fault}: ${remedy}`);
  const chain = parsed.checkIssued(parsed) ? '' : certificate;
  return { certificate, key, parsed, notAfter: endOf(parsed), chain };
}

function authorityFault(parsed: X509Certificate, key: KeyObject, now: Date): string | undefined {
  if (!parsed.ca) return 'is not the certificate of an authority';
  if (!parsed.checkPrivateKey(key)) return 'has another key than the one beside it';
  if (endOf(parsed) <= now) return `has expired on ${dayOf(endOf(parsed))}`;
  return undefined;
}

/** What is wrong with a certificate that an authority should have signed for these names; undefined: nothing. */
export function leafFault(
  path: string,
  names: readonly AlternativeName[],
  authority: Authority,
  now: Date,
): string | undefined {
  const parsed = parseCertificate(readText(path));
  if (parsed === undefined) return 'is no certificate';
  if (!parsed.verify(authority.parsed.publicKey)) return 'was signed by another authority';
  if (endOf(parsed) <= now) return `has expired on ${dayOf(endOf(parsed))}`;
  const lost = names.find((name) => !isFor(parsed, name));
  return lost === undefined ? undefined : `is not for ${lost.value}`;
}

function isFor(parsed: X509Certificate, { type, value }: AlternativeName): boolean {
  if (type === 'ip') return parsed.checkIP(value) !== undefined;
  return parsed.subjectAltName?.split(', ').includes(`DNS:${value}`) ?? false;
}

function endOf(certificate: X509Certificate): Date {
  return new Date(certificate.validTo);
}

/** A date as `2030-12-31`, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function parseCertificate(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function parseKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
