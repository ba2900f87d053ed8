/** The door to grammar/: what runtime/ and tools use of it. */

export type * from './ast.ts';
export {
  type Catalogue,
  type Chapter,
  createCatalogue,
  type GlobalKind,
  loadCatalogue,
} from './catalogue.ts';
export type { CheckEnvironment, CoreFacts, ModuleLookup } from './check-environment.ts';
export type { DiagnosticCode, DiagnosticFacts } from './diagnostic-codes.ts';
export { diagnosticCodes } from './diagnostic-codes.ts';
export {
  countSeverities,
  type Diagnostic,
  type DiagnosticDetails,
  diagnostic,
  type Fix,
  hasErrors,
  inTextOrder,
  type Note,
  type Severity,
} from './diagnostics.ts';
export {
  defaultIn,
  type GlobalDefault,
  type GlobalSupport,
  type GlobalValueFacts,
  judgeGlobal,
} from './global-support.ts';
export type * from './manifest.ts';
export { type CheckedParams, checkParams, type GivenParam, type ParamValues } from './module-params.ts';
export { loadParamValidator, type ParamFault, type ParamValidator } from './param-validator.ts';
export { suggest, suggestions } from './suggest.ts';
export {
  at,
  compareVersions,
  describeLifetime,
  inRange,
  isKnownVersion,
  newestVersion,
  oldestVersion,
  readVersion,
  versions,
} from './version-order.ts';
