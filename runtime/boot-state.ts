import type { CheckedConfig } from './check-config.ts';
import type { Clock } from './clock.ts';
import type { StatelessForwarding } from './forwarding.ts';
import { HostError, reasonOf } from './host-error.ts';
import type { Log } from './log/log.ts';
import type {
  Connection,
  ConnectionTable,
  HostGlobals,
  ListenSocket,
  Logger,
  ProtocolBehaviour,
  Receive,
  RoutingTools,
  ScriptRun,
  Sending,
  SipTools,
  Statistics,
} from './module-exports.ts';
import type { RunningModule } from './module-host.ts';
import type { LoadedModule } from './module-set.ts';
import type { BrowserNames } from './net/browser-names.ts';
import type { ConnectionAliases } from './net/connection-aliases.ts';
import { createConnectionTable } from './net/connection-table.ts';
import type { Sender } from './net/sender.ts';
import type { HostStreams } from './net/stream-tools.ts';
import type { SystemNetwork } from './net/system-network.ts';
import type { OwnRuns } from './own-runs.ts';
import type { Receiver, ReplyHook, RequestDoneHook, RequestHook } from './receive.ts';
import { type Blacklists, createEvents, type HostEvents, type Routes } from './script/index.ts';
import type { HostSocket } from './sockets.ts';
import { createStatistics, type StatisticsRegistry } from './statistics.ts';
import { createTimers, type HostTimers } from './timers.ts';
import { createScriptMarks, type ScriptMarks } from './variables/marks.ts';

/** How messages leave a host. */
export interface Outgoing {
  readonly sender: Sender;
  readonly sending: Sending;
  readonly forwarding: StatelessForwarding;
  readonly aliases: ConnectionAliases;
  readonly names: BrowserNames;
  /** Told each connection that has gone. */
  readonly connectionGone: (connection: Connection) => void;
}

/** A message that was not sent. */
export interface Captured {
  /** `udp:192.0.2.1:5060`. */
  readonly to: string;
  /** The socket. */
  readonly by: string;
  readonly text: string;
}

/** What a start is given. */
export interface BootSettings {
  readonly checked: CheckedConfig;
  readonly log: Log;
  /** Looks up names. */
  readonly network: SystemNetwork;
  /** Runs that may wait at the same time. */
  readonly maxWaitingRuns: number;
  /** `-o name=value`. */
  readonly argv: ReadonlyMap<string, string>;
  /** Milliseconds that one phase of a module may take. */
  readonly phaseTimeout: number;
  /** Milliseconds that its destroy may take. */
  readonly destroyTimeout: number;
  /** Aborted where a stop is asked for while the host starts. */
  readonly signal: AbortSignal;
  /** Called when the sockets are open and before childInit; what it throws fails the start. */
  readonly onListening: () => void | Promise<void>;
  readonly clock: Clock;
  /** Every statement may be traced. Default: where the script asks for it. */
  readonly traceAll?: boolean;
  /** Told what would be sent, and nothing is. */
  readonly capture?: (sent: Captured) => void;
}

/** One start of a host: all that lives as long as it runs. The steps of the start fill it in their order. */
export class Boot {
  readonly settings: BootSettings;
  readonly log: Logger;
  readonly timers: HostTimers;
  readonly events: HostEvents;
  readonly statistics: StatisticsRegistry = createStatistics();
  readonly connections: ConnectionTable = createConnectionTable((gone) =>
    this.outgoing?.connectionGone(gone),
  );
  /** The flags that the script and the modules name. */
  readonly marks: ScriptMarks = createScriptMarks();
  readonly requestHooks: RequestHook[] = [];
  /** Names of this host that modules know. */
  readonly ownNames: ((host: string) => boolean)[] = [];
  readonly requestDoneHooks: RequestDoneHook[] = [];
  readonly replyHooks: ReplyHook[] = [];
  readonly requestWaitHooks: ((run: ScriptRun) => void)[] = [];
  readonly connectionHooks: ((gone: Connection, opened: boolean) => void)[] = [];
  /** What modules do when files are to be read anew, in their order. */
  readonly reloads: (() => void | Promise<void>)[] = [];
  readonly running = new Map<string, RunningModule>();
  /** Those whose destroy is owed, in the order in which their first phase began. */
  readonly begun = new Set<RunningModule>();
  readonly protocols = new Map<string, ProtocolBehaviour>();
  loaded: readonly LoadedModule[] = [];
  sockets: readonly HostSocket[] = [];
  listenSockets: readonly ListenSocket[] = [];
  /** Undefined until their steps have run. */
  globals: HostGlobals | undefined;
  sip: SipTools | undefined;
  coreStatistics: Statistics | undefined;
  /** Messages are taken. */
  isOpen = false;
  blacklists: Blacklists | undefined;
  routes: Routes | undefined;
  receiver: Receiver | undefined;
  ownRuns: OwnRuns | undefined;
  routing: RoutingTools | undefined;
  outgoing: Outgoing | undefined;
  streams: HostStreams | undefined;
  /** Lines of the log raise no event any more. */
  stopLogEvents: (() => void) | undefined;

  constructor(settings: BootSettings) {
    this.settings = settings;
    this.log = settings.log.for('core');
    const threw = (error: unknown) => this.log.error('timer', `a timer threw: ${reasonOf(error)}`);
    this.timers = createTimers(threw, settings.clock);
    this.events = createEvents(this.timers, (message) => this.log.error('evi_raise_event', message));
  }

  /** What protocols call; messages that come before the receiver is there have no one to hear them. */
  readonly receive: Receive = (text, source) => this.receiver?.receive(text, source);
}

/** What an earlier step made. */
export function made<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new HostError('STEP_FAILED', `${what} is asked for before it is there`);
}
