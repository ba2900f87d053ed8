/**
 * For which OpenSIPS version a config was written: the newest in which everything exists that the config uses.
 */

import type { Config } from '../ast.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Source } from '../text/source.ts';
import { collectEvidence, type VersionReason } from './evidence.ts';
import { describeLifetime, versions } from './order.ts';
import type { VersionFact } from './syntax-facts.ts';

export type { VersionReason } from './evidence.ts';
export * from './order.ts';

/**
 * How sure a guess is: `given` by somebody; `sure`, no other version fits; `several` fit, and the newest is taken;
 * `open`, every version fits; `contradictory`, none fits all of the config.
 */
export type VersionCertainty = 'given' | 'sure' | 'several' | 'open' | 'contradictory';

export interface VersionGuess {
  /** `3.6`. */
  readonly version: string;
  readonly certainty: VersionCertainty;
  /** What keeps the config from being for an older version than the candidates, in the order of the text. */
  readonly newEnough: readonly VersionReason[];
  /** What keeps the config from being for a newer version, in the order of the text; empty where nothing does. */
  readonly reasons: readonly VersionReason[];
  /** What that version does not have all the same: nothing fits the whole config, and it fits most. */
  readonly misfits: readonly VersionReason[];
  /** All versions that fit as well as this one, oldest first. */
  readonly candidates: readonly string[];
  /** All that the guess was made of; absent where the version was given. */
  readonly evidence?: readonly VersionReason[];
}

/** The answer where somebody says the version (`--opensips 3.6`). */
export function givenVersion(version: string): VersionGuess {
  return { version, certainty: 'given', newEnough: [], reasons: [], misfits: [], candidates: [version] };
}

/**
 * Guesses the version: the newest that has all globals, syntax forms, modules, parameters, functions and
 * protocols that the config uses; where none has, the newest of those that have most of them. What no version
 * has, and modules that are not OpenSIPS's, say nothing.
 *
 * @param facts The forms of the language that the parser saw.
 */
export function guessVersion(
  config: Config,
  catalogue: Catalogue,
  facts: readonly VersionFact[],
): VersionGuess {
  const evidence = collectEvidence(config, catalogue, facts);
  const signs = new Map(evidence.map((one) => [one.sign, one.versions]));
  const fit = (version: string) => [...signs.values()].filter((present) => present.includes(version)).length;
  const best = Math.max(...versions.map(fit));
  const candidates = versions.filter((version) => fit(version) === best);
  const version = candidates.at(-1) ?? '';
  const misfits = evidence.filter((one) => !one.versions.includes(version));
  return {
    version,
    candidates,
    certainty: certaintyOf(candidates, misfits),
    newEnough: deciding(evidence, -1, candidates[0]),
    reasons: deciding(evidence, 1, version),
    misfits,
    evidence,
  };
}

function certaintyOf(candidates: readonly string[], misfits: readonly VersionReason[]): VersionCertainty {
  if (misfits.length > 0) return 'contradictory';
  if (candidates.length === 1) return 'sure';
  return candidates.length === versions.length ? 'open' : 'several';
}

/** What a version has and its neighbour, newer or older, has not. */
function deciding(evidence: readonly VersionReason[], step: 1 | -1, version = ''): readonly VersionReason[] {
  const neighbour = versions[versions.indexOf(version) + step];
  if (neighbour === undefined) return [];
  return evidence.filter((one) => one.versions.includes(version) && !one.versions.includes(neighbour));
}

/** How sure a guess is, in a clause. */
export function describeCertainty({ certainty, candidates }: VersionGuess): string {
  switch (certainty) {
    case 'given':
      return 'as it was said';
    case 'sure':
      return 'no other version fits';
    case 'several':
      return `${candidates.slice(0, -1).join(', ')} would fit as well`;
    case 'open':
      return 'nothing in it tells, every version would fit';
    case 'contradictory':
      return 'no version fits all of it, this one fits most';
  }
}

/** The guess in a sentence, with the place of its first reason: for `-C`. */
export function describeGuess({ version, reasons, misfits }: VersionGuess, source: Source): string {
  const [reason] = reasons;
  const [misfit] = misfits;
  const because = reason ? `, the newest that fits: ${tell(reason, source)}` : '';
  const but = misfit ? `; no version fits all of it: ${tell(misfit, source)}` : '';
  return `taken as written for OpenSIPS ${version}${because}${but}`;
}

function tell(reason: VersionReason, source: Source): string {
  const { file, line, column } = source.locate(reason.span.start);
  return `${reason.what} (${file}:${line}:${column}) exists ${lifetimeOf(reason)}`;
}

/** In which versions it exists, in words. */
export function lifetimeOf({ versions: present }: VersionReason): string {
  return describeLifetime(present.map((one) => ({ since: one, until: one })));
}
