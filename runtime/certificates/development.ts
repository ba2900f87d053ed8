import { type KeyObject, randomBytes } from 'node:crypto';
import { type CertificateFacts, type DistinguishedName, type Issuer, issueCertificate } from './issue.ts';
import { keyPem, makeKey } from './keys.ts';
import type { AlternativeName } from './names.ts';

/** A certificate and its key, both PEM, and when it ends. */
interface MadeCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly notAfter: Date;
}

/** Whoever comes across a certificate shall see what it is. */
const organization = ['O', 'tsips, for development only'] as const;

const HOUR = 60 * 60 * 1000;

/** Browsers refuse certificates of servers that are good for longer than 398 days. */
const LEAF_DAYS = 397;

const AUTHORITY_YEARS = 10;

/** Makes an authority with a name of its own, good for ten years. */
export function makeAuthority(now: Date): Promise<MadeCertificate> {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + AUTHORITY_YEARS);
  const key = makeKey();
  const subject = [organization, ['CN', `tsips development CA ${randomBytes(4).toString('hex')}`]] as const;
  return made(key, { subject, notBefore: shortlyBefore(now), notAfter, authority: { pathLength: 0 } });
}

/**
 * Makes a certificate for servers and clients with these names, good for 397 days.
 *
 * @param last When the authority's own certificate ends: this one must not go on.
 */
export function makeLeaf(
  names: readonly [AlternativeName, ...AlternativeName[]],
  issuer: Issuer,
  now: Date,
  last: Date,
): Promise<MadeCertificate> {
  const notBefore = shortlyBefore(now);
  const end = notBefore.getTime() + LEAF_DAYS * 24 * HOUR;
  return made(makeKey(), {
    subject: subjectOf(names[0]),
    issuer,
    notBefore,
    notAfter: new Date(Math.min(end, last.getTime())),
    names,
    extendedUses: ['serverAuth', 'clientAuth'],
  });
}

async function made(key: KeyObject, facts: Omit<CertificateFacts, 'key'>): Promise<MadeCertificate> {
  const certificate = await issueCertificate({ ...facts, key });
  return { certificate, key: keyPem(key), notAfter: facts.notAfter };
}

/** The clock of a peer may be behind. */
function shortlyBefore(now: Date): Date {
  return new Date(now.getTime() - HOUR);
}

/** RFC 5280 A.1: a common name has at most 64 characters. */
function subjectOf({ value }: AlternativeName): DistinguishedName {
  return value.length <= 64 ? [organization, ['CN', value]] : [organization];
}
