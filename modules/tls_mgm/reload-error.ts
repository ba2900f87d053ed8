import type { ModuleFinding } from '../../runtime/module-exports.ts';

/** A reading of files that was not taken over; everything is as it was before. */
export class TlsReloadError extends Error {
  readonly code = 'TLS_RELOAD_FAILED';
  readonly findings: readonly ModuleFinding[];

  constructor(findings: readonly ModuleFinding[]) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    super(errors.map(({ message }) => message).join('; '));
    this.name = 'TlsReloadError';
    this.findings = findings;
  }
}
