import type { Span } from './ast.ts';
import { type Diagnostic, diagnostic, type Fix } from './findings/diagnostics.ts';
import { suggest } from './findings/suggest.ts';
import type { Manifest, ParamSchema } from './manifest.ts';
import type { ParamFault, ParamValidator } from './param-faults.ts';

/** One `modparam` line, as far as its module is concerned. */
export interface GivenParam {
  readonly name: string;
  readonly nameSpan: Span;
  /** A boolean word is 1 or 0 already, as in OpenSIPS's lexer. */
  readonly value: number | string;
  readonly span: Span;
  /** The boolean word that stood there. */
  readonly word?: string;
}

/** What a module is handed: typed and defaulted; a list parameter is an array. */
export type ParamValues = Readonly<
  Record<string, number | string | readonly (number | string)[] | undefined>
>;

export interface CheckedParams {
  readonly values: ParamValues;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Judges the parameters given to a module by its manifest's schemas and fills in the defaults. Where a
 * parameter that is no list stands more than once, the last one counts, as in OpenSIPS.
 *
 * Values that do not fit are reported (unknown-parameter, parameter-wrong-type, parameter-out-of-range) and
 * left out of `values`.
 */
export function checkParams(
  manifest: Manifest,
  given: readonly GivenParam[],
  validate: ParamValidator,
): CheckedParams {
  const schemas = manifest.params ?? {};
  const diagnostics: Diagnostic[] = [];
  const values: Record<string, number | string | (number | string)[] | undefined> = defaults(schemas);
  const listsBegun = new Set<string>();

  for (const param of given) {
    const schema = Object.hasOwn(schemas, param.name) ? schemas[param.name] : undefined;
    if (!schema) {
      diagnostics.push(unknownParameter(manifest, param));
      continue;
    }
    const faults = validate(schema, param.value);
    if (faults.length > 0) {
      diagnostics.push(...faults.map((fault) => unfitValue(manifest.name, param, schema, fault)));
      continue;
    }
    if (schema.noEffect) diagnostics.push(withoutEffect(manifest.name, param, schema.noEffect));
    if (!schema.list) {
      values[param.name] = param.value;
      continue;
    }
    const before = listsBegun.has(param.name) ? values[param.name] : undefined;
    values[param.name] = Array.isArray(before) ? [...before, param.value] : [param.value];
    listsBegun.add(param.name);
  }
  return { values, diagnostics };
}

function defaults(
  schemas: Readonly<Record<string, ParamSchema>>,
): Record<string, number | string | (number | string)[] | undefined> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      schema.list ? (schema.default === undefined ? [] : [schema.default]) : schema.default,
    ]),
  );
}

function unknownParameter(manifest: Manifest, param: GivenParam): Diagnostic {
  const near = suggest(param.name, Object.keys(manifest.params ?? {}));
  return diagnostic('unknown-parameter', param.nameSpan, `${manifest.name} has no parameter ${param.name}`, {
    ...(near !== undefined && {
      help: `did you mean ${near}?`,
      fix: { span: param.nameSpan, text: `"${near}"` },
    }),
  });
}

function withoutEffect(module: string, param: GivenParam, why: string): Diagnostic {
  return diagnostic(
    'parameter-without-effect',
    param.nameSpan,
    `${param.name} of ${module} changes nothing in tsips`,
    { why },
  );
}

function unfitValue(module: string, param: GivenParam, schema: ParamSchema, fault: ParamFault): Diagnostic {
  if (fault.kind === 'type') {
    return wrongType(module, param, typeof schema.type === 'string' ? [schema.type] : schema.type);
  }
  const unit = schema.unit === undefined ? '' : ` ${schema.unit}`;
  return diagnostic(
    'parameter-out-of-range',
    param.span,
    `${param.name} of ${module} ${fault.message}${fault.kind === 'range' ? unit : ''}`,
    {
      ...(schema.default !== undefined && {
        notes: [{ message: `its default is ${schema.default}${unit}` }],
      }),
    },
  );
}

/** The finding about a value of another type than the parameter's; also for what the catalogue tells. */
export function wrongType(
  module: string,
  param: GivenParam,
  types: readonly ('integer' | 'string')[],
): Diagnostic {
  const wanted = types.map((type) => (type === 'integer' ? 'a number' : 'a string')).join(' or ');
  const found =
    typeof param.value === 'string' ? 'a string' : param.word ? `the word ${param.word}` : 'a number';
  const fix = typeFix(param);
  return diagnostic(
    'parameter-wrong-type',
    param.span,
    `${param.name} of ${module} takes ${wanted}, not ${found}`,
    {
      ...(fix && {
        fix,
        help: typeof param.value === 'string' ? 'remove the quotes' : 'put the value between quotes',
      }),
    },
  );
}

function typeFix(param: GivenParam): Fix | undefined {
  if (typeof param.value === 'number') return { span: param.span, text: `"${param.word ?? param.value}"` };
  if (/^-?(0[xX][0-9a-fA-F]+|\d+)$/.test(param.value)) return { span: param.span, text: param.value };
  return undefined;
}
