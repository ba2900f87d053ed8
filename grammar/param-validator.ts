import type { ErrorObject } from 'ajv';
import type { Manifest, ParamSchema } from './manifest.ts';
import { faults, isPlain, judgePlain, type ParamFault, type ParamValidator } from './param-faults.ts';

/**
 * Makes a validator for the parameters of modules. ajv, which takes long to load, is imported where one
 * of them has a schema that says more than those of tsips do.
 */
export async function loadParamValidator(manifests: readonly Manifest[]): Promise<ParamValidator> {
  const schemas = manifests.flatMap(({ params = {} }) => Object.values(params));
  if (schemas.every(isPlain)) return judgePlain;
  const judgeAny = await loadJsonSchemaValidator();
  return (schema, value) => (isPlain(schema) ? judgePlain : judgeAny)(schema, value);
}

/** For any JSON Schema; each is compiled when the first value for it comes. */
export async function loadJsonSchemaValidator(): Promise<ParamValidator> {
  const { Ajv } = await import('ajv');
  const ajv = new Ajv({ strict: false, validateSchema: false, meta: false });
  return (schema: ParamSchema, value) => {
    const fits = ajv.compile(schema);
    return fits(value) ? [] : (fits.errors ?? []).map(toFault);
  };
}

function toFault({ keyword, params, message }: ErrorObject): ParamFault {
  switch (keyword) {
    case 'type':
    case 'minLength':
      return faults[keyword]();
    case 'minimum':
    case 'maximum':
      return faults[keyword](params.limit);
    case 'pattern':
      return faults.pattern(params.pattern);
    case 'enum':
      return faults.enum([params.allowedValues].flat());
    default:
      return { kind: 'form', message: message ?? 'does not fit' };
  }
}
