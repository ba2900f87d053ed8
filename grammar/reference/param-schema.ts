import type { Dated, ParamFacts } from '../catalogue.ts';
import type { Manifest, ParamSchema } from '../manifest.ts';
import { at, compareVersions, inRange, newestVersion, oldestVersion } from '../versions/order.ts';
import type { Knowledge } from './knowledge.ts';

/** A JSON Schema (2020-12), as far as it is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const draft = 'https://json-schema.org/draft/2020-12/schema';

/**
 * JSON Schema of the parameters of a module: by its manifest where tsips has it, else by the catalogue. A parameter
 * that may be repeated is one value or an array of them.
 *
 * @param version Only the parameters that this version of OpenSIPS has, with its types and defaults.
 * @returns undefined where neither has the module, or that version has not.
 */
export function moduleSchema(module: string, knowledge: Knowledge, version?: string): JsonSchema | undefined {
  const schema = schemaOf(module, knowledge, version);
  return schema && { $schema: draft, ...schema };
}

/** The same of all modules: an object with one property for each. */
export function allModulesSchema(knowledge: Knowledge, version?: string): JsonSchema {
  const names = new Set([...knowledge.catalogue.moduleNames, ...knowledge.manifests.map(({ name }) => name)]);
  const properties = [...names].sort().flatMap((name) => {
    const schema = schemaOf(name, knowledge, version);
    return schema ? [[name, schema] as const] : [];
  });
  return {
    $schema: draft,
    title: 'parameters of modules',
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function schemaOf(
  module: string,
  { manifests, catalogue }: Knowledge,
  version: string | undefined,
): JsonSchema | undefined {
  const manifest = manifests.find(({ name }) => name === module);
  const chapter = catalogue.module(module);
  if (manifest) {
    const range = manifest.versions ?? chapter ?? {};
    if (version !== undefined && !inRange(version, range)) return undefined;
    return objectOf(module, ownProperties(manifest, version), manifest.description);
  }
  if (!chapter || (version !== undefined && !inRange(version, chapter))) return undefined;
  const properties = chapter.names('param').flatMap((name) => {
    const property = knownProperty(chapter.find('param', name), version);
    return property ? [[name, property] as const] : [];
  });
  return { ...objectOf(module, properties), 'x-tsips': false };
}

function objectOf(
  title: string,
  properties: readonly (readonly [string, JsonSchema])[],
  description?: string,
): JsonSchema {
  return {
    title,
    ...(description !== undefined && { description }),
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function ownProperties(
  { params = {} }: Manifest,
  version: string | undefined,
): (readonly [string, JsonSchema])[] {
  return Object.entries(params)
    .filter(([, schema]) => version === undefined || inRange(version, schema))
    .map(([name, schema]) => [name, ownProperty(schema)] as const);
}

/** The keywords that JSON Schema does not have begin with `x-`. */
function ownProperty(schema: ParamSchema): JsonSchema {
  const { list, unit, since, until, noEffect, description, default: initial, ...judged } = schema;
  return {
    description,
    ...(list ? repeatable(judged) : judged),
    ...(initial !== undefined && { default: initial }),
    ...(unit !== undefined && { 'x-unit': unit }),
    ...(since !== undefined && { 'x-since': since }),
    ...(until !== undefined && { 'x-until': until, deprecated: true }),
    ...(noEffect !== undefined && { 'x-no-effect': noEffect }),
  };
}

/** Without a version: the types of all, the rest as the newest that has it. */
function knownProperty(
  known: readonly Dated<ParamFacts>[],
  version: string | undefined,
): JsonSchema | undefined {
  const facts = version === undefined ? known.at(-1) : at(known, version);
  const [first] = known;
  if (!facts || !first) return undefined;
  const types = typesOf(version === undefined ? known : [facts]);
  const judged = { type: types.length === 1 ? types[0] : types };
  const initial = defaultOf(facts);
  const { until } = known.at(-1) ?? facts;
  return {
    ...(facts.setter ? repeatable(judged) : judged),
    ...(initial !== undefined && { default: initial }),
    ...(first.since !== oldestVersion && { 'x-since': first.since }),
    ...(compareVersions(until, newestVersion) < 0 && { 'x-until': until, deprecated: true }),
  };
}

function repeatable(judged: JsonSchema): JsonSchema {
  return { anyOf: [judged, { type: 'array', items: judged }] };
}

function typesOf(known: readonly ParamFacts[]): readonly ('integer' | 'string')[] {
  const types = new Set(known.flatMap(({ type }) => type.split('|')));
  return [...types].map((type) => (type === 'int' ? 'integer' : 'string'));
}

/** Manuals have words for numbers now and then; a default of another type is none. */
function defaultOf({ type, default: documented, init }: ParamFacts): number | string | undefined {
  for (const value of [documented, init]) {
    if (value === undefined || value === 'NULL') continue;
    if (!type.includes('int')) return value;
    if (/^-?\d+$/.test(value)) return Number(value);
  }
  return undefined;
}
