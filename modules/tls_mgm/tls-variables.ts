import type { X509Certificate } from 'node:crypto';
import type {
  ScriptRun,
  ScriptValue,
  VariableBehaviour,
  VariableFacts,
} from '../../runtime/module-exports.ts';
import type { AlternativeNameKind } from './alternative-names.ts';
import { type CertificateFields, readCertificateFields } from './certificate-fields.ts';
import { cipherBits, describeCipher } from './cipher-suites.ts';
import { type DistinguishedName, oneLine, partOf } from './distinguished-name.ts';
import type { TlsFacts } from './tls-facts.ts';

/** How a value is read; undefined is NULL. */
interface Reading<From> {
  readonly description: string;
  read(from: From): ScriptValue | undefined;
}

type Readings<From> = Readonly<Record<string, Reading<From>>>;

/** `$tls_…`: of the session. */
const sessionReadings: Readings<TlsFacts> = {
  version: { description: 'The version of TLS: TLSv1.3.', read: ({ protocol }) => protocol },
  cipher_info: { description: "The cipher suite by OpenSSL's name.", read: ({ cipher }) => cipher },
  cipher_bits: {
    description: 'The bits of the key that the cipher suite encrypts with.',
    read: ({ cipher }) => cipherBits(cipher),
  },
  description: {
    description: 'The cipher suite as OpenSSL describes it, with a line end.',
    read: ({ cipher }) => describeCipher(cipher),
  },
};

/**
 * `$tls_peer_…`: how the verification ended; 0 without a certificate.
 *
 * Deviation: numbers. Those of OpenSIPS are text as well, which is what a condition without an operator sees, so that
 * `if ($tls_peer_revoked)` is true of every peer there.
 */
const verificationReadings: Readings<TlsFacts> = {
  verified: { description: '1 where the certificate was verified, else 0.', read: endedWith(undefined) },
  revoked: {
    description: '1 where it is not verified because it is revoked.',
    read: endedWith('CERT_REVOKED'),
  },
  expired: {
    description: '1 where it is not verified because it has expired.',
    read: endedWith('CERT_HAS_EXPIRED'),
  },
  selfsigned: {
    description: '1 where it is not verified because nobody but itself has signed it.',
    read: endedWith('DEPTH_ZERO_SELF_SIGNED_CERT'),
  },
};

function endedWith(error: string | undefined): (facts: TlsFacts) => number {
  return ({ peer, verifyError }) => (peer && verifyError === error ? 1 : 0);
}

/** `$tls_peer_…`: what is asked of the peer's certificate alone. */
const validityReadings: Readings<CertificateFields> = {
  notBefore: {
    description: 'When it begins to be valid: Jan  9 01:02:03 2024 GMT.',
    read: ({ notBefore }) => notBefore,
  },
  notAfter: { description: 'When it ends to be valid.', read: ({ notAfter }) => notAfter },
};

/** The parts of a name that have a variable. */
const nameParts = {
  cn: ['common name', '2.5.4.3'],
  country: ['country', '2.5.4.6'],
  locality: ['locality', '2.5.4.7'],
  state: ['state or province', '2.5.4.8'],
  organization: ['organization', '2.5.4.10'],
  unit: ['organizational unit', '2.5.4.11'],
} as const;

/** `$tls_peer_…` and `$tls_my_…`: what a certificate says. */
const certificateReadings: Readings<CertificateFields> = {
  version: {
    description: 'Its version as it stands in the certificate: 2 for X.509 v3.',
    read: ({ version }) => String(version),
  },
  serial: { description: 'Its serial number, decimal.', read: ({ serial }) => serialValue(serial) },
  ...nameReadings('subject', ({ subject }) => subject),
  subject_serial: {
    description: 'The serialNumber of its subject.',
    read: ({ subject }) => partOf(subject, '2.5.4.5'),
  },
  ...nameReadings('issuer', ({ issuer }) => issuer),
  san_email: alternativeReading('email', 'mail address'),
  san_hostname: alternativeReading('hostname', 'host name'),
  san_uri: alternativeReading('uri', 'URI'),
  san_ip: alternativeReading('ip', 'IP address'),
};

function nameReadings(
  whose: string,
  nameOf: (fields: CertificateFields) => DistinguishedName,
): Readings<CertificateFields> {
  const parts = Object.entries(nameParts).map(([word, [what, type]]) => [
    `${whose}_${word}`,
    {
      description: `The first ${what} of its ${whose}.`,
      read: (from: CertificateFields) => partOf(nameOf(from), type),
    },
  ]);
  return {
    [whose]: { description: `Its ${whose}: /C=DE/O=Example/CN=a.`, read: (from) => oneLine(nameOf(from)) },
    ...Object.fromEntries(parts),
  };
}

function alternativeReading(kind: AlternativeNameKind, what: string): Reading<CertificateFields> {
  return {
    description: `The first ${what} of its alternative names.`,
    read: ({ alternativeNames }) => alternativeNames.find((name) => name.kind === kind)?.value,
  };
}

/**
 * Integers of the script have 32 bits; a longer serial number is text.
 *
 * Deviation: it is whole. OpenSIPS cuts it to 32 bits, and all of more than 64 bits, which is what authorities give
 * out, are the same there.
 */
function serialValue(serial: bigint): ScriptValue {
  return serial === BigInt.asIntN(32, serial) ? Number(serial) : String(serial);
}

/** One variable by its name without `$`. */
interface TlsVariable extends Reading<TlsSource> {
  readonly name: string;
}

/** The facts of a connection, and how to read its certificates. */
interface TlsSource {
  readonly facts: TlsFacts;
  readonly fieldsOf: (certificate: X509Certificate) => CertificateFields | undefined;
}

const tlsVariables: readonly TlsVariable[] = [
  ...variablesOf('tls_', sessionReadings, ({ facts }) => facts),
  ...variablesOf('tls_peer_', verificationReadings, ({ facts }) => facts),
  ...variablesOf('tls_peer_', { ...certificateReadings, ...validityReadings }, ({ facts, fieldsOf }) =>
    facts.peer ? fieldsOf(facts.peer) : undefined,
  ),
  ...variablesOf('tls_my_', certificateReadings, ({ facts, fieldsOf }) =>
    facts.own ? fieldsOf(facts.own) : undefined,
  ),
];

function variablesOf<From>(
  prefix: string,
  readings: Readings<From>,
  from: (source: TlsSource) => From | undefined,
): readonly TlsVariable[] {
  return Object.entries(readings).map(([word, reading]) => ({
    name: `${prefix}${word}`,
    description: reading.description,
    read(source) {
      const found = from(source);
      return found === undefined ? undefined : reading.read(found);
    },
  }));
}

/** The variables, for the manifest. All are NULL for a message that did not come over TLS. */
export const tlsVariableFacts: Readonly<Record<string, VariableFacts>> = Object.fromEntries(
  tlsVariables.map(({ name, description }) => [name, { description }]),
);

/**
 * The behaviour behind these names; `factsOf` answers undefined for a message that did not come over TLS.
 *
 * Deviation: the log says nothing where there is no TLS or no certificate to read from, which a script asks in order to
 * know. OpenSIPS logs an error at each reading. Texts may also have more than 1023 bytes here.
 */
export function createTlsVariables(
  factsOf: (run: ScriptRun) => TlsFacts | undefined,
): Readonly<Record<string, VariableBehaviour>> {
  const fieldsOf = createFieldsReader();
  const behaviours = tlsVariables.map(({ name, read }): [string, VariableBehaviour] => [
    name,
    {
      get(run) {
        const facts = factsOf(run);
        return (facts && read({ facts, fieldsOf })) ?? null;
      },
    },
  ]);
  return Object.fromEntries(behaviours);
}

/** Each certificate is read once; one that cannot be read has no fields. */
function createFieldsReader(): (certificate: X509Certificate) => CertificateFields | undefined {
  const known = new WeakMap<X509Certificate, CertificateFields | undefined>();
  return (certificate) => {
    if (!known.has(certificate)) known.set(certificate, fieldsOrNothing(certificate));
    return known.get(certificate);
  };
}

function fieldsOrNothing(certificate: X509Certificate): CertificateFields | undefined {
  try {
    return readCertificateFields(certificate);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
