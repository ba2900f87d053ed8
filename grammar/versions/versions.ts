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

export interface VersionGuess {
  /** `3.6`. */
  readonly version: string;
  /** What keeps the config from being for a newer version, in the order of the text; empty where nothing does. */
  readonly reasons: readonly VersionReason[];
  /** What that version does not have all the same: nothing fits the whole config, and it fits most. */
  readonly misfits: readonly VersionReason[];
  /** All versions that fit as well as this one, oldest first. */
  readonly candidates: readonly string[];
}

/** The answer where somebody says the version (`--opensips 3.6`). */
export function givenVersion(version: string): VersionGuess {
  return { version, reasons: [], misfits: [], candidates: [version] };
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
  const newer = versions[versions.indexOf(version) + 1];
  return {
    version,
    candidates,
    reasons: newer === undefined ? [] : evidence.filter((one) => decides(one, version, newer)),
    misfits: evidence.filter((one) => !one.versions.includes(version)),
  };
}

/** The guess in a sentence, with the place of its first reason: for `-C`. */
export function describeGuess({ version, reasons, misfits }: VersionGuess, source: Source): string {
  const [reason] = reasons;
  const [misfit] = misfits;
  const because = reason ? `, the newest that fits: ${tell(reason, source)}` : '';
  const but = misfit ? `; no version fits all of it: ${tell(misfit, source)}` : '';
  return `taken as written for OpenSIPS ${version}${because}${but}`;
}

function tell({ what, span, versions: present }: VersionReason, source: Source): string {
  const { file, line, column } = source.locate(span.start);
  return `${what} (${file}:${line}:${column}) exists ${describeLifetime(present.map((one) => ({ since: one, until: one })))}`;
}

function decides(reason: VersionReason, version: string, newer: string): boolean {
  return reason.versions.includes(version) && !reason.versions.includes(newer);
}
