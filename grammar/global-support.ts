import type { GlobalValue, Host } from './ast.ts';
import type { GlobalKind } from './catalogue/facts.ts';
import { inRange } from './versions/order.ts';

/** What a core global parameter of OpenSIPS, or one of our own, does in this host. */
export interface GlobalSupport {
  /** `works`; accepted and `no effect`; `later`: a feature that tsips does not have yet. */
  readonly support: 'works' | 'no effect' | 'later';
  /** For `no effect` and `later`: why, in a clause. */
  readonly why?: string;
  /** The host's own name for it; older names of the same thing lead to the same one. */
  readonly name: string;
  readonly value: GlobalValueFacts;
  /** Where the config says nothing, by OpenSIPS version, oldest first. */
  readonly defaults: readonly GlobalDefault[];
  /** `seconds`, `milliseconds`, `bytes`, … */
  readonly unit?: string;
  /** What it does, in a sentence. */
  readonly description: string;
  /** For globals of our own, which no version of OpenSIPS has. */
  readonly kind?: readonly GlobalKind[];
}

export interface GlobalDefault {
  /** The last version with this default; absent: it still holds. */
  readonly until?: string;
  /** Absent: none. */
  readonly value?: number | string;
}

/** How a value is judged. `construct` has a node of its own in the tree (sockets, aliases, …). */
export type GlobalValueFacts =
  | {
      readonly type: 'number';
      readonly minimum?: number;
      readonly maximum?: number;
      /** The first OpenSIPS that refuses what is outside; those before it take it. Absent: they all do. */
      readonly refusedSince?: string;
    }
  | { readonly type: 'boolean' }
  | { readonly type: 'string'; readonly oneOf?: readonly string[]; readonly list?: boolean }
  /** A bare word; `quoted`: a string will do as well. */
  | { readonly type: 'word'; readonly oneOf?: readonly string[]; readonly quoted?: boolean }
  | { readonly type: 'number or word'; readonly minimum?: number }
  | { readonly type: 'host' }
  | { readonly type: 'construct' };

/** A value as the host takes it, or what is wrong with it. */
type JudgedGlobal =
  | { readonly ok: true; readonly value: number | string }
  | {
      readonly ok: false;
      readonly wrong: 'type' | 'range';
      /** What is asked for: `a number from 1 to 65535`. */
      readonly expected: string;
    };

/**
 * Judges the value of a global parameter. Booleans come out as 0 or 1; words keep their case.
 * Numbers and booleans are one thing for OpenSIPS's grammar (cfg.y: NUMBER), and so here.
 */
export function judgeGlobal(facts: GlobalValueFacts, value: GlobalValue): JudgedGlobal {
  switch (facts.type) {
    case 'boolean':
      return value.kind === 'Number' && value.value >= 0
        ? { ok: true, value: Number(value.value !== 0) }
        : wrongType(facts);
    case 'number':
      return value.kind === 'Number' ? judgeNumber(facts, value.value) : wrongType(facts);
    case 'number or word':
      if (value.kind === 'Number') return judgeNumber(facts, value.value);
      return isWord(value) ? { ok: true, value: value.text } : wrongType(facts);
    case 'string':
      return value.kind === 'String' ? judgeText(facts, value.value) : wrongType(facts);
    case 'word':
      if (isWord(value)) return judgeText(facts, value.text);
      return value.kind === 'String' && facts.quoted ? judgeText(facts, value.value) : wrongType(facts);
    case 'host':
      if (value.kind === 'Host') return { ok: true, value: value.text };
      return value.kind === 'String' ? { ok: true, value: value.value } : wrongType(facts);
    case 'construct':
      return wrongType(facts);
  }
}

/** One word and no more (cfg.y: ID). */
function isWord(value: GlobalValue): value is Host {
  return value.kind === 'Host' && /^\w+$/.test(value.text);
}

/** What a value has to be, for messages: `yes or no`, `a number from 1 to 65535`, `a quoted string`. */
export function describeGlobalValue(facts: GlobalValueFacts): string {
  switch (facts.type) {
    case 'boolean':
      return 'yes or no';
    case 'number':
      return describeNumber(facts);
    case 'number or word':
      return `${describeNumber(facts)}, or a word`;
    case 'string':
      return facts.oneOf ? `one of ${facts.oneOf.map((text) => `"${text}"`).join(', ')}` : 'a quoted string';
    case 'word':
      return facts.oneOf ? `one of ${facts.oneOf.join(', ')}` : describeWord(facts.quoted);
    case 'host':
      return 'an address or a host name';
    case 'construct':
      return 'its own form of value';
  }
}

/** What holds in that version where the config says nothing. */
export function defaultIn(support: GlobalSupport, version: string): number | string | undefined {
  return support.defaults.find(({ until }) => until === undefined || inRange(version, { until }))?.value;
}

function judgeNumber(facts: { minimum?: number; maximum?: number }, value: number): JudgedGlobal {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = facts;
  if (value >= minimum && value <= maximum) return { ok: true, value };
  return { ok: false, wrong: 'range', expected: describeNumber(facts) };
}

function judgeText(facts: GlobalValueFacts & { oneOf?: readonly string[] }, value: string): JudgedGlobal {
  const wanted = value.toLowerCase();
  if (!facts.oneOf || facts.oneOf.some((known) => known.toLowerCase() === wanted)) return { ok: true, value };
  return { ok: false, wrong: 'range', expected: describeGlobalValue(facts) };
}

function describeWord(quoted = false): string {
  return quoted ? 'a word or a quoted string' : 'a word without quotes';
}

function wrongType(facts: GlobalValueFacts): JudgedGlobal {
  return { ok: false, wrong: 'type', expected: describeGlobalValue(facts) };
}

function describeNumber({ minimum, maximum }: { minimum?: number; maximum?: number }): string {
  if (minimum !== undefined && maximum !== undefined) return `a number from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `a number of at least ${minimum}`;
  return maximum === undefined ? 'a number' : `a number of at most ${maximum}`;
}
