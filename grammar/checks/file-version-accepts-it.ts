import { diagnostic } from '../diagnostics.ts';
import { collectEvidence, type VersionReason } from '../version-evidence.ts';
import { describeLifetime } from '../version-order.ts';
import type { Check, CheckContext } from './facts/context.ts';

/**
 * What stands in the file exists in the OpenSIPS version that the file is for, each thing told once. tsips accepts
 * the union of all versions, so these are warnings.
 */
export const fileVersionAcceptsIt: Check = (context) => {
  const { config, environment, facts, version } = context;
  const missing = collectEvidence(config, environment.catalogue, facts).filter(
    ({ versions }) => !versions.includes(version),
  );
  return withoutWholes(missing, context).map(({ what, span, versions }) => {
    const lifetime = describeLifetime(versions.map((one) => ({ since: one, until: one })));
    return diagnostic(
      'not-in-version',
      span,
      `OpenSIPS ${version} would refuse this: ${what} exists ${lifetime}`,
    );
  });
};

/** Where a part of a call is told of, as `number as function argument`, the call as a whole is not. */
function withoutWholes(missing: readonly VersionReason[], { calls }: CheckContext): readonly VersionReason[] {
  const callAt = new Map(calls.map(({ call }) => [call.span.start, call]));
  return missing.filter(({ span }, at) => {
    const call = callAt.get(span.start);
    const next = missing[at + 1];
    return !call || !next || next.span.start >= call.span.end;
  });
}
