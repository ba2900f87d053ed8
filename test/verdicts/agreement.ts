import type { Compared, Subject } from './compare.ts';
import { askedVersions } from './original.ts';

/** How far tsips and the original of a version agree on a subject. */
export interface Agreement {
  readonly version: string;
  readonly subject: Subject;
  readonly runs: number;
  /** Runs in which the original says enough. */
  readonly comparable: number;
  readonly agreeing: number;
  /** Of the comparable ones, those where the original tells a place, which has to be the same. */
  readonly placed: number;
  /** Agreeing of comparable ones, in percent. */
  readonly share: number;
  /** What the share shall be at least. */
  readonly aim: number;
}

const aims: Readonly<Record<Subject, number>> = {
  file: 99,
  syntax: 99,
  global: 97,
  module: 97,
  parameter: 97,
  function: 97,
};

const subjects: readonly Subject[] = ['file', 'syntax', 'global', 'module', 'parameter', 'function'];

/** The agreement by version and subject; explained differences count as differences. */
export function agreements({ comparisons }: Compared): readonly Agreement[] {
  return askedVersions.flatMap((version) =>
    subjects.map((subject) => {
      const all = comparisons.filter((one) => one.version === version && one.subject === subject);
      const comparable = all.filter(({ state }) => state !== 'not comparable');
      const agreeing = all.filter(({ state }) => state === 'agrees').length;
      return {
        version,
        subject,
        runs: all.length,
        comparable: comparable.length,
        agreeing,
        placed: comparable.filter(({ placed }) => placed).length,
        share: comparable.length === 0 ? 0 : (100 * agreeing) / comparable.length,
        aim: aims[subject],
      };
    }),
  );
}
