/** What keeps a certificate from being made; the message says what to do about it. */
export class CertificateProblem extends Error {}
