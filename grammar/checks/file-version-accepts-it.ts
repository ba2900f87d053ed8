import { diagnostic } from '../diagnostics.ts';
import { collectEvidence } from '../version-evidence.ts';
import { describeLifetime } from '../version-order.ts';
import type { Check } from './facts/context.ts';

/**
 * What stands in the file exists in the OpenSIPS version that the file is for, each thing told once. tsips accepts
 * the union of all versions, so these are warnings.
 */
export const fileVersionAcceptsIt: Check = ({ config, environment, facts, version }) =>
  collectEvidence(config, environment.catalogue, facts)
    .filter(({ versions }) => !versions.includes(version))
    .map(({ what, span, versions }) => {
      const lifetime = describeLifetime(versions.map((one) => ({ since: one, until: one })));
      return diagnostic(
        'not-in-version',
        span,
        `OpenSIPS ${version} would refuse this: ${what} exists ${lifetime}`,
      );
    });
