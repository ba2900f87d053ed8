/** One block of a PEM file. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, … */
  readonly label: string;
  /** With its lines around it. */
  readonly text: string;
}

/** A block whose end line is missing goes to the next block: whoever reads it finds it broken. */
const block = /-----BEGIN ([A-Z0-9. ]+)-----(?:(?!-----BEGIN ).)*?(?:-----END \1-----|(?=-----BEGIN )|$)/gs;

/** The blocks of a file in their order; whatever stands between them is left out (RFC 7468 §2). */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map(([whole, label = '']) => ({ label, text: `${whole}\n` }));
}

const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

export function certificateBlocks(text: string): string[] {
  return pemBlocks(text)
    .filter(({ label }) => certificateLabels.has(label))
    .map((found) => found.text);
}

/** Also those with the label that OpenSSL does not write but some tools do. */
export function revocationListBlocks(text: string): string[] {
  return pemBlocks(text)
    .filter(({ label }) => label === 'X509 CRL' || label === 'CRL')
    .map((found) => found.text.replaceAll(/(BEGIN|END) CRL/g, '$1 X509 CRL'));
}

/** The bytes of a block. */
export function pemBytes({ text }: PemBlock): Buffer {
  return Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64');
}

/** `no PEM`, `DER and no PEM`, `a PEM block X and no CERTIFICATE`: what stands in a file instead of a block. */
export function holdsInstead(text: string, wanted: string): string {
  const [first] = pemBlocks(text);
  if (first) return `a PEM block ${first.label} and no ${wanted}`;
  // A sequence of DER (X.690 §8.9) whose length takes bytes of its own.
  const isDer = text.charCodeAt(0) === 0x30 && text.charCodeAt(1) > 0x80;
  return isDer ? 'DER and no PEM' : 'no PEM';
}
