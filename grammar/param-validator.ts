import type { ErrorObject } from 'ajv';
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

/**
 * Makes a validator. ajv is imported here and not above, so that a program that judges no parameters does not
 * wait for it (some 20 ms); each schema is compiled when the first value for it comes.
 */
export async function loadParamValidator(): Promise<ParamValidator> {
  const { Ajv } = await import('ajv');
  const ajv = new Ajv({ strict: false, validateSchema: false, meta: false });
  return (schema, value) => {
    const fits = ajv.compile(schema);
    return fits(value) ? [] : (fits.errors ?? []).map(toFault);
  };
}

const bounds: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: (limit) => `must be at least ${limit}`,
  maximum: (limit) => `may be at most ${limit}`,
};

function toFault(error: ErrorObject): ParamFault {
  if (error.keyword === 'type') return { kind: 'type', message: 'is of the wrong type' };
  const bound = bounds[error.keyword];
  if (bound) return { kind: 'range', message: bound(error.params.limit) };
  if (error.keyword === 'enum') {
    return { kind: 'form', message: `must be one of ${[error.params.allowedValues].flat().join(', ')}` };
  }
  if (error.keyword === 'minLength') return { kind: 'form', message: 'may not be empty' };
  if (error.keyword === 'pattern') return { kind: 'form', message: `must match ${error.params.pattern}` };
  return { kind: 'form', message: error.message ?? 'does not fit' };
}
