/** The door to grammar/: what a start and everything else use of it. */

export type * from './ast.ts';
export {
  type Catalogue,
  type Chapter,
  createCatalogue,
  type GlobalKind,
  loadCatalogue,
  loadWholeCatalogue,
} from './catalogue.ts';
export { check } from './check.ts';
export type { CheckEnvironment, CoreFacts, ModuleLookup } from './check-environment.ts';
export { statementsOf } from './checks/facts/statements.ts';
export { type DiagnosticFormat, type FormatOptions, formatDiagnostics } from './findings/code-frame.ts';
export type { DiagnosticCode, DiagnosticFacts } from './findings/diagnostic-codes.ts';
export { diagnosticCodes } from './findings/diagnostic-codes.ts';
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
} from './findings/diagnostics.ts';
export { toPrintable, toUnicode } from './findings/readable-text.ts';
export { suggest, suggestions } from './findings/suggest.ts';
export {
  defaultIn,
  type GlobalDefault,
  type GlobalSupport,
  type GlobalValueFacts,
  judgeGlobal,
} from './global-support.ts';
export type * from './manifest.ts';
export { paramsGivenTo } from './modparam-lines.ts';
export {
  answersDependency,
  dependenciesOf,
  type GivenValue,
  modulesLoadedBy,
  paramDependencyHolds,
} from './module-dependencies.ts';
export { type CheckedParams, checkParams, type GivenParam, type ParamValues } from './module-params.ts';
export type { ParamFault, ParamValidator } from './param-faults.ts';
export { loadParamValidator } from './param-validator.ts';
export { createParser, type ParseOptions, type ParseResult, parse } from './parse/parse.ts';
export {
  parseFormattedText,
  parseVariable,
  readFormattedText,
  type VariableProblem,
} from './parse/script-variable.ts';
export { quoteString, valueOffsets } from './parse/string-literal.ts';
export { routeLetters } from './route-letters.ts';
export { type Flattened, flatten, type IncludeOptions, type ReadInclude } from './text/include.ts';
export { writeMarks } from './text/preprocessor-marks.ts';
export type { Location, Position, Source, SourceFile } from './text/source.ts';
export { type SyntaxFeature, syntaxFeatures, type VersionFact } from './versions/syntax-facts.ts';
export {
  at,
  compareVersions,
  describeCertainty,
  describeGuess,
  describeLifetime,
  givenVersion,
  guessVersion,
  inRange,
  isKnownVersion,
  lifetimeOf,
  newestVersion,
  oldestVersion,
  readVersion,
  type VersionCertainty,
  type VersionGuess,
  type VersionReason,
  versions,
} from './versions/versions.ts';
export { childrenOf, type Visitor, walk } from './walk.ts';
