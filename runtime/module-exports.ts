/**
 * The contract between the host and what plugs into it: types only. A module's folder exports `manifest`, a
 * plain object that is readable without a host, and, as its default, a function of the host that returns the
 * behaviour behind the manifest's names. Importing a module has no side effect.
 */

export type {
  ArgumentKind,
  CommandSignature,
  Dependency,
  EventFacts,
  Manifest,
  MiFacts,
  ParamDependency,
  ParamSchema,
  ProtocolFacts,
  RouteLetter,
  StatisticFacts,
  ToolFacts,
  TransformationFacts,
  VariableFacts,
  VersionRange,
} from '../grammar/index.ts';
export type {
  Cache,
  CacheEngine,
  ModuleBehaviour,
  ModuleFactory,
  Tool,
  ToolAnswer,
} from './contract/behaviour.ts';
export type {
  ByteStream,
  StreamTaker,
} from './contract/byte-stream.ts';
export type {
  CheckSurroundings,
  ModuleFinding,
} from './contract/check.ts';
export type { ModuleHost } from './contract/host.ts';
export type {
  AddedLines,
  ContactValue,
  LinesForWay,
  MessageBranch,
  MessageEdits,
  MessageWay,
  NameAddress,
  SipMessage,
  Splice,
  Via,
} from './contract/message.ts';
export type {
  AliasOutcome,
  BindSocket,
  Connection,
  ConnectionLimit,
  ConnectionReuse,
  ConnectionTable,
  ConnectTarget,
  Listener,
  ListenSocket,
  MessageSource,
  ProtocolBehaviour,
  Receive,
  UpgradeWish,
} from './contract/network.ts';
export type {
  Match,
  PatternFlags,
  RegularExpression,
  Replacement,
  Substitution,
} from './contract/patterns.ts';
export type {
  AdvertisedAddress,
  Destination,
  DestinationSearch,
  RoutingTools,
  Sending,
  SendingOptions,
  UriParts,
} from './contract/routing.ts';
export type {
  RouteFrame,
  RunError,
  ScriptRun,
} from './contract/run.ts';
export type {
  Command,
  CommandFunction,
  CommandResult,
  FlagTools,
  PreparedArgument,
  ScriptRoutes,
  TransformationFunction,
  VariableBehaviour,
  VariableContext,
  VariableReference,
} from './contract/script.ts';
export type {
  Counter,
  EventParam,
  Events,
  HostGlobals,
  Logger,
  Statistics,
  Timer,
  Timers,
} from './contract/services.ts';
export type {
  DigestAlgorithm,
  DigestParts,
  DigestTools,
  FoundCredentials,
  ReplyOptions,
  SipTools,
  UriTools,
} from './contract/sip-tools.ts';
export type {
  OutputLimits,
  OutputWatcher,
  ReadCount,
  ReadLimits,
  ReadRule,
  StreamFailure,
  StreamFailureCode,
  StreamOutput,
  StreamServer,
  StreamTools,
} from './contract/streams.ts';
export type {
  Avps,
  ScriptValue,
} from './contract/values.ts';
export type {
  Database,
  DatabaseFailure,
  MaybePromise,
  SqlCondition,
  SqlRow,
  SqlTable,
  SqlValue,
} from './database.ts';
