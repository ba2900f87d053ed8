import type { GlobalDefault, GlobalSupport, GlobalValueFacts } from '../../grammar/index.ts';

/** A row of the table of core globals, with every name of OpenSIPS that leads to it. */
export interface GlobalRow extends GlobalSupport {
  /** All names, `name` among them where an OpenSIPS version has it. */
  readonly spellings: readonly string[];
  /** The name means the opposite: `fork=no` is `debug_mode=yes`. */
  readonly inverted?: readonly string[];
}

interface RowDetails {
  /** Names of other versions for the same thing. */
  readonly also?: readonly string[];
  readonly inverted?: readonly string[];
  /** One default for all versions, or one for each range. */
  readonly default?: number | string | readonly GlobalDefault[];
  readonly unit?: string;
  readonly kind?: GlobalSupport['kind'];
}

export const yesNo: GlobalValueFacts = { type: 'boolean' };
export const anyNumber: GlobalValueFacts = { type: 'number' };
export const text: GlobalValueFacts = { type: 'string' };
export const word: GlobalValueFacts = { type: 'word' };
export const wordOrText: GlobalValueFacts = { type: 'word', quoted: true };
export const host: GlobalValueFacts = { type: 'host' };
export const construct: GlobalValueFacts = { type: 'construct' };
export const percentage: GlobalValueFacts = {
  type: 'number',
  minimum: 0,
  maximum: 100,
  refusedSince: '2.1',
};
export const atLeast = (minimum: number): GlobalValueFacts => ({ type: 'number', minimum });
export const port: GlobalValueFacts = { type: 'number', minimum: 1, maximum: 65535 };

/** A parameter that does here what it does in OpenSIPS. */
export function works(
  name: string,
  value: GlobalValueFacts,
  description: string,
  details: RowDetails = {},
): GlobalRow {
  return row('works', name, value, description, undefined, details);
}

/** A parameter that is accepted and changes nothing. */
export function noEffect(
  name: string,
  value: GlobalValueFacts,
  description: string,
  why: string,
  details: RowDetails = {},
): GlobalRow {
  return row('no effect', name, value, description, why, details);
}

/** A parameter of something that tsips does not have yet. */
export function later(
  name: string,
  value: GlobalValueFacts,
  description: string,
  why: string,
  details: RowDetails = {},
): GlobalRow {
  return row('later', name, value, description, why, details);
}

function row(
  support: GlobalSupport['support'],
  name: string,
  value: GlobalValueFacts,
  description: string,
  why: string | undefined,
  { also = [], inverted, default: standard, unit, kind }: RowDetails,
): GlobalRow {
  return {
    support,
    name,
    spellings: [name, ...also],
    value,
    description,
    defaults: asDefaults(standard),
    ...(why !== undefined && { why }),
    ...(inverted && { inverted }),
    ...(unit !== undefined && { unit }),
    ...(kind && { kind }),
  };
}

function asDefaults(standard: RowDetails['default']): readonly GlobalDefault[] {
  if (standard === undefined) return [];
  return typeof standard === 'object' ? standard : [{ value: standard }];
}
