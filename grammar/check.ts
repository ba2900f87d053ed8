import type { CheckEnvironment } from './check-environment.ts';
import { argumentsFitTheFunction } from './checks/arguments-fit-the-function.ts';
import { calledFunctionExists } from './checks/called-function-exists.ts';
import { calledRouteIsDefined } from './checks/called-route-is-defined.ts';
import { conditionCanBeFalse } from './checks/condition-can-be-false.ts';
import { declaredDependencyIsLoaded } from './checks/declared-dependency-is-loaded.ts';
import { definedRouteIsEntered } from './checks/defined-route-is-entered.ts';
import { dependenciesMakeNoCircle } from './checks/dependencies-make-no-circle.ts';
import { dependencyIsLoaded } from './checks/dependency-is-loaded.ts';
import { eventOfARouteIsRaised } from './checks/event-of-a-route-is-raised.ts';
import { resolveCalls } from './checks/facts/calls.ts';
import type { Check, CheckContext } from './checks/facts/context.ts';
import { findModules } from './checks/facts/modules.ts';
import { createNames } from './checks/facts/names.ts';
import { findParams } from './checks/facts/params.ts';
import { isRefusedAtStart } from './checks/facts/refused-at-start.ts';
import { readScript } from './checks/facts/script.ts';
import { findVariables } from './checks/facts/variables.ts';
import { fileVersionAcceptsIt } from './checks/file-version-accepts-it.ts';
import { functionFitsItsRoute } from './checks/function-fits-its-route.ts';
import { globalParameterIsKnown } from './checks/global-parameter-is-known.ts';
import { hostHasAListener } from './checks/host-has-a-listener.ts';
import { listenerHasProtocolModule } from './checks/listener-has-protocol-module.ts';
import { modparamFitsItsModule } from './checks/modparam-fits-its-module.ts';
import { modparamReachesAModule } from './checks/modparam-reaches-a-module.ts';
import { moduleIsFound } from './checks/module-is-found.ts';
import { moduleIsLoadedAboveItsUses } from './checks/module-is-loaded-above-its-uses.ts';
import { moduleIsLoadedOnce } from './checks/module-is-loaded-once.ts';
import { moduleThatIsUsedExists } from './checks/module-that-is-used-exists.ts';
import { namedFileExists } from './checks/named-file-exists.ts';
import { namedProtocolExists } from './checks/named-protocol-exists.ts';
import { networkIsAnAddress } from './checks/network-is-an-address.ts';
import { opensipsHasItToo } from './checks/opensips-has-it-too.ts';
import { patternHasItsBrackets } from './checks/pattern-has-its-brackets.ts';
import { portIsInRange } from './checks/port-is-in-range.ts';
import { routeIsDefinedOnce } from './checks/route-is-defined-once.ts';
import { routeIsReached } from './checks/route-is-reached.ts';
import { socketFlagHasEffect } from './checks/socket-flag-has-effect.ts';
import { socketIsGivenOnce } from './checks/socket-is-given-once.ts';
import { statementRunsHere } from './checks/statement-runs-here.ts';
import { textIsWellWritten } from './checks/text-is-well-written.ts';
import { tlsValueFitsItsVersion } from './checks/tls-value-fits-its-version.ts';
import { transformationIsKnown } from './checks/transformation-is-known.ts';
import { undeclaredDependencyIsLoaded } from './checks/undeclared-dependency-is-loaded.ts';
import { variableFitsItsUse } from './checks/variable-fits-its-use.ts';
import { variableIsKnown } from './checks/variable-is-known.ts';
import { variableIsWritten } from './checks/variable-is-written.ts';
import { isOfHost } from './findings/diagnostic-codes.ts';
import type { Diagnostic } from './findings/diagnostics.ts';
import type { ParseResult } from './parse/parse.ts';
import { inOrderAndOnce, onceForAnAssignment, withoutWhatWasNotRead } from './told-once.ts';
import { inRange } from './versions/order.ts';
import { syntaxFeatures } from './versions/syntax-facts.ts';
import { guessVersion } from './versions/versions.ts';

/** All rules; each file says one. Their order does not matter: findings are put in source order. */
const checks: readonly Check[] = [
  globalParameterIsKnown,
  moduleIsFound,
  moduleIsLoadedOnce,
  moduleIsLoadedAboveItsUses,
  moduleThatIsUsedExists,
  dependencyIsLoaded,
  declaredDependencyIsLoaded,
  undeclaredDependencyIsLoaded,
  dependenciesMakeNoCircle,
  modparamReachesAModule,
  modparamFitsItsModule,
  tlsValueFitsItsVersion,
  hostHasAListener,
  listenerHasProtocolModule,
  namedProtocolExists,
  portIsInRange,
  socketIsGivenOnce,
  socketFlagHasEffect,
  routeIsDefinedOnce,
  calledRouteIsDefined,
  definedRouteIsEntered,
  calledFunctionExists,
  argumentsFitTheFunction,
  functionFitsItsRoute,
  variableIsKnown,
  variableFitsItsUse,
  transformationIsKnown,
  textIsWellWritten,
  networkIsAnAddress,
  patternHasItsBrackets,
  eventOfARouteIsRaised,
  fileVersionAcceptsIt,
  opensipsHasItToo,
];

/** These tell of this host alone. */
const ofHostAlone: ReadonlySet<Check> = new Set([
  moduleThatIsUsedExists,
  definedRouteIsEntered,
  socketFlagHasEffect,
]);

/** What else is told of a file where OpenSIPS is asked; the start of a host is not held up by such advice. */
const advice: readonly Check[] = [routeIsReached, variableIsWritten, conditionCanBeFalse, namedFileExists];

/**
 * Everything that is wrong with a config: what reading found and what the checks find, in source order, each
 * once. The question is whether a host with this environment would start, or what OpenSIPS would say (`asked`); an
 * error means that it would not.
 */
export function check(parsed: ParseResult, environment: CheckEnvironment): Diagnostic[] {
  const context = gather(parsed, environment);
  const hostIsAsked = environment.asked !== 'opensips' || environment.hostToo;
  const found = checks.flatMap((rule) => (hostIsAsked || !ofHostAlone.has(rule) ? rule(context) : []));
  const told =
    environment.asked === 'opensips'
      ? [
          ...found.flatMap((finding) => asOpensips(finding, context)),
          ...[...advice, ...(environment.hostToo ? [statementRunsHere] : [])].flatMap((rule) =>
            rule(context),
          ),
        ]
      : found;
  const ofText = parsed.diagnostics.map((finding) => ofVersion(finding, context));
  const ofTree = onceForAnAssignment(withoutWhatWasNotRead(told, parsed));
  return inOrderAndOnce([...ofText, ...ofTree], parsed.config, environment);
}

/** What reading found: tsips reads what OpenSIPS does not, and an imported file may be missing up to 2.4. */
function ofVersion(finding: Diagnostic, { environment, version }: CheckContext): Diagnostic {
  if (environment.asked !== 'opensips') return finding;
  const isRefused =
    finding.code === 'word-operator-in-variable' ||
    (finding.code === 'import-not-found' && !inRange(version, syntaxFeatures['missing import file']));
  return isRefused ? { ...finding, severity: 'error' } : finding;
}

/** Told for each statement where the host is asked too. */
const toldByStatement: ReadonlySet<string> = new Set([
  'function-not-in-tsips',
  'variable-not-in-tsips',
  'transformation-not-in-tsips',
]);

/** What the host only warns of, and OpenSIPS refuses. */
const refusedByOpensips: ReadonlySet<string> = new Set(['not-in-version', 'module-loaded-twice']);

/** What a finding is where OpenSIPS is asked. */
function asOpensips(finding: Diagnostic, context: CheckContext): readonly Diagnostic[] {
  const { hostToo } = context.environment;
  if (isOfHost(finding.code)) return hostToo && !toldByStatement.has(finding.code) ? [finding] : [];
  const { severity } = refusedByOpensips.has(finding.code) ? ({ severity: 'error' } as const) : finding;
  const atStart = severity === 'error' && isRefusedAtStart(finding, context);
  return [{ ...finding, severity, ...(atStart && { atStart }) }];
}

function gather(parsed: ParseResult, environment: CheckEnvironment): CheckContext {
  const { config, source, facts } = parsed;
  const modules = findModules(config, source.text, environment);
  const version = environment.version ?? guessVersion(config, environment.catalogue, facts).version;
  const names = createNames(environment, modules, version);
  const script = readScript(config);
  const calls = resolveCalls(script, names);
  const variables = findVariables(script, calls, source.text);
  return {
    config,
    text: source.text,
    environment,
    version,
    facts,
    modules,
    params: findParams(config, modules),
    script,
    names,
    calls,
    variables: variables.uses,
    textProblems: variables.problems,
    absence: environment.inert ? 'warning' : 'error',
  };
}
