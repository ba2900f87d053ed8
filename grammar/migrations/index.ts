import { accountingHasExtraFields } from './accounting-has-extra-fields.ts';
import { accountingIsAskedForByFunction } from './accounting-is-asked-for-by-function.ts';
import { argumentsHaveTheirType } from './arguments-have-their-type.ts';
import { argumentsStandApart } from './arguments-stand-apart.ts';
import { avpsAreVariables } from './avps-are-variables.ts';
import { avpsHavePlainNames } from './avps-have-plain-names.ts';
import { carriersHaveAttributes } from './carriers-have-attributes.ts';
import { commandsAreRunByExec } from './commands-are-run-by-exec.ts';
import { conditionsCompareVariables } from './conditions-compare-variables.ts';
import { defaultsHaveChanged } from './defaults-have-changed.ts';
import { dependenciesAreLoaded } from './dependencies-are-loaded.ts';
import { dialogValuesAreVariables } from './dialog-values-are-variables.ts';
import { eventParametersAreVariables } from './event-parameters-are-variables.ts';
import { flagsHaveNames } from './flags-have-names.ts';
import { forkIsDebugMode } from './fork-is-debug-mode.ts';
import { functionFlagsAreWords } from './function-flags-are-words.ts';
import { functionsHaveTheirModule } from './functions-have-their-module.ts';
import { functionsHaveTheirNames } from './functions-have-their-names.ts';
import { globalsHaveTheirNames } from './globals-have-their-names.ts';
import { headersAreRemovedByPattern } from './headers-are-removed-by-pattern.ts';
import { logLevelIsAVariable } from './log-level-is-a-variable.ts';
import { logStderrorIsTwoSwitches } from './log-stderror-is-two-switches.ts';
import { meaningsHaveChanged } from './meanings-have-changed.ts';
import { modulesHaveTheirNames } from './modules-have-their-names.ts';
import { otherBodyPartsAreRemoved } from './other-body-parts-are-removed.ts';
import { parameterValuesHaveTheirType } from './parameter-values-have-their-type.ts';
import { parametersHaveOtherValues } from './parameters-have-other-values.ts';
import { parametersHaveTheirNames } from './parameters-have-their-names.ts';
import { pollMethodsHaveTheirNames } from './poll-methods-have-their-names.ts';
import { recordingsAreDescribedByVariables } from './recordings-are-described-by-variables.ts';
import { relayHasItsFlagsFirst } from './relay-has-its-flags-first.ts';
import { releasesAreNewEnough } from './releases-are-new-enough.ts';
import { scriptFlagsAreMessageFlags } from './script-flags-are-message-flags.ts';
import { socketsHaveTheirProtocolModule } from './sockets-have-their-protocol-module.ts';
import { socketsHaveWorkers } from './sockets-have-workers.ts';
import { syntaxIsOfItsVersion } from './syntax-is-of-its-version.ts';
import { tlsDomainsHaveNames } from './tls-domains-have-names.ts';
import { tlsLibraryIsLoaded } from './tls-library-is-loaded.ts';
import { tlsParametersAreOfTlsMgm } from './tls-parameters-are-of-tls-mgm.ts';
import type { MigrationRule } from './tools/context.ts';
import { tracesHaveNames } from './traces-have-names.ts';
import { translationHasItsOutputApart } from './translation-has-its-output-apart.ts';
import { transportsAreModules } from './transports-are-modules.ts';
import { uriModuleIsSharedOut } from './uri-module-is-shared-out.ts';
import { usersAreCompared } from './users-are-compared.ts';
import { usrlocHasWorkingModes } from './usrloc-has-working-modes.ts';
import { variablesHaveTheirNames } from './variables-have-their-names.ts';
import { whatIsLeftIsListed } from './what-is-left-is-listed.ts';
import { wordsStandInQuotes } from './words-stand-in-quotes.ts';

/**
 * All rules. Each works on the text that those above it left: modules first, since what a name means hangs on
 * them, then names, then values and arguments, which the signature of the new name judges.
 */
export const migrationRules: readonly MigrationRule[] = [
  globalsHaveTheirNames,
  logStderrorIsTwoSwitches,
  forkIsDebugMode,
  pollMethodsHaveTheirNames,
  transportsAreModules,
  socketsHaveWorkers,
  tracesHaveNames,
  modulesHaveTheirNames,
  uriModuleIsSharedOut,
  functionsHaveTheirModule,
  tlsParametersAreOfTlsMgm,
  socketsHaveTheirProtocolModule,
  dependenciesAreLoaded,
  tlsLibraryIsLoaded,
  accountingIsAskedForByFunction,
  accountingHasExtraFields,
  scriptFlagsAreMessageFlags,
  logLevelIsAVariable,
  commandsAreRunByExec,
  usersAreCompared,
  eventParametersAreVariables,
  headersAreRemovedByPattern,
  otherBodyPartsAreRemoved,
  argumentsStandApart,
  carriersHaveAttributes,
  functionsHaveTheirNames,
  dialogValuesAreVariables,
  recordingsAreDescribedByVariables,
  avpsAreVariables,
  usrlocHasWorkingModes,
  parametersHaveOtherValues,
  parametersHaveTheirNames,
  parameterValuesHaveTheirType,
  tlsDomainsHaveNames,
  syntaxIsOfItsVersion,
  conditionsCompareVariables,
  wordsStandInQuotes,
  variablesHaveTheirNames,
  avpsHavePlainNames,
  flagsHaveNames,
  relayHasItsFlagsFirst,
  translationHasItsOutputApart,
  functionFlagsAreWords,
  argumentsHaveTheirType,
  defaultsHaveChanged,
  meaningsHaveChanged,
  releasesAreNewEnough,
  whatIsLeftIsListed,
];
