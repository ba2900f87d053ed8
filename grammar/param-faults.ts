import type { ParamSchema } from './manifest.ts';

/** Why a value does not fit its schema. */
export interface ParamFault {
  /** `type`: another type; `range`: outside of its bounds; `form`: not one of its words, not of its shape. */
  readonly kind: 'type' | 'range' | 'form';
  /** Goes on after "x of y …": `must be at least 1`. */
  readonly message: string;
}

/** Judges one value by a parameter's schema; nothing comes back where it fits. */
export type ParamValidator = (schema: ParamSchema, value: number | string) => readonly ParamFault[];

/** The texts of the faults, by the keyword of JSON Schema that is not met. */
export const faults = {
  type: (): ParamFault => ({ kind: 'type', message: 'is of the wrong type' }),
  minimum: (limit: unknown): ParamFault => ({ kind: 'range', message: `must be at least ${limit}` }),
  maximum: (limit: unknown): ParamFault => ({ kind: 'range', message: `may be at most ${limit}` }),
  minLength: (): ParamFault => ({ kind: 'form', message: 'may not be empty' }),
  pattern: (pattern: unknown): ParamFault => ({ kind: 'form', message: `must match ${pattern}` }),
  enum: (words: readonly unknown[]): ParamFault => ({
    kind: 'form',
    message: `must be one of ${words.join(', ')}`,
  }),
};

/** Keywords that say nothing of the value. */
const annotations = ['description', 'default', 'list', 'unit', 'noEffect', 'since', 'until'];
const plainKeywords: ReadonlySet<string> = new Set([...Object.keys(faults), ...annotations]);

/** Whether `judgePlain` understands all of a schema. One that comes from elsewhere may hold more of JSON Schema. */
export function isPlain(schema: ParamSchema): boolean {
  return Object.keys(schema).every((keyword) => plainKeywords.has(keyword));
}

/**
 * Judges by the keywords that a `ParamSchema` has: the first that is not met is the fault. What they mean is JSON
 * Schema's, so a pattern has the flag `u`.
 */
export const judgePlain: ParamValidator = (schema, value) => {
  const fault = firstFault(schema, value);
  return fault === undefined ? [] : [fault];
};

function firstFault(schema: ParamSchema, value: number | string): ParamFault | undefined {
  if (!isOfType(schema.type, value)) return faults.type();
  const fault = typeof value === 'number' ? numberFault(schema, value) : textFault(schema, value);
  if (fault !== undefined) return fault;
  return schema.enum && !schema.enum.includes(value) ? faults.enum(schema.enum) : undefined;
}

function isOfType(type: ParamSchema['type'], value: number | string): boolean {
  const types: readonly string[] = typeof type === 'string' ? [type] : type;
  return types.includes(typeof value === 'string' ? 'string' : 'integer') && !isFraction(value);
}

const isFraction = (value: number | string): boolean => typeof value === 'number' && !Number.isInteger(value);

function numberFault({ minimum, maximum }: ParamSchema, value: number): ParamFault | undefined {
  if (maximum !== undefined && value > maximum) return faults.maximum(maximum);
  return minimum !== undefined && value < minimum ? faults.minimum(minimum) : undefined;
}

function textFault({ minLength = 0, pattern }: ParamSchema, value: string): ParamFault | undefined {
  if (Array.from(value).length < minLength) return faults.minLength();
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? faults.pattern(pattern) : undefined;
}
