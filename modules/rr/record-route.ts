import type {
  AdvertisedAddress,
  ListenSocket,
  Logger,
  MessageWay,
  RoutingTools,
  ScriptRun,
  SipMessage,
} from '../../runtime/module-exports.ts';

export interface RecordRouteSettings {
  readonly tools: RoutingTools;
  readonly log: Logger;
  readonly appendFromTag: boolean;
  readonly doubleRecordRoute: boolean;
  readonly addUser: boolean;
}

/** A parameter of the Record-Route, with its semicolon; it may be changed until the message goes on. */
export interface AddedParam {
  text: string;
}

/** What was said about the Record-Route of one message. */
interface Recorded {
  done: boolean;
  /** The message of the branch_route that did it; undefined where another route did. */
  branch: SipMessage | undefined;
  /** What add_rr_param was given, in the order of the calls. */
  readonly params: AddedParam[];
}

const key = Symbol('Record-Route of this host');

function recordedOf({ storage }: ScriptRun): Recorded {
  const known = storage.get(key) as Recorded | undefined;
  if (known) return known;
  const fresh: Recorded = { done: false, branch: undefined, params: [] };
  storage.set(key, fresh);
  return fresh;
}

export function addParam(run: ScriptRun, text: string): AddedParam {
  const added = { text };
  recordedOf(run).params.push(added);
  return added;
}

function paramsOf({ params }: Recorded): string {
  return params.map(({ text }) => text).join('');
}

/**
 * Puts this host in front of the headers (RFC 3261 §16.6 step 4): the socket that the request goes out by, and where
 * that is another one than it came by, this one behind it, both with `r2=on`. False where it was done already.
 */
export function recordRoute(run: ScriptRun, settings: RecordRouteSettings, params: string): boolean {
  const recorded = begin(run, settings.log);
  if (!recorded) return false;
  const { tools, doubleRecordRoute } = settings;
  const user = userOf(run, settings);
  const rest = `;lr${fromTagOf(run, settings)}${params}`;
  const line = (socket: ListenSocket, advertised: AdvertisedAddress, mark: string) =>
    `Record-Route: <sip:${user}${placeOf(advertised, socket)}${mark}${rest}${paramsOf(recorded)}>\r\n`;
  const going = (socket: ListenSocket) => tools.advertised(socket, run.message);
  run.message.edits.insert(({ sentBy, receivedBy }: MessageWay) =>
    doubleRecordRoute && !isSame(sentBy, receivedBy)
      ? line(sentBy, going(sentBy), ';r2=on') + line(receivedBy, tools.advertised(receivedBy), ';r2=on')
      : line(sentBy, going(sentBy), ''),
  );
  return true;
}

/** The same with addresses of the script, `host:port;transport=tcp`: one, or two in their order. */
export function recordRoutePreset(
  run: ScriptRun,
  settings: RecordRouteSettings,
  addresses: readonly string[],
): boolean {
  if (addresses.length > 1 && !settings.doubleRecordRoute) {
    settings.log.error('w_record_route_preset', "two addresses are given while 'enable_double_rr' is off");
    return false;
  }
  const recorded = begin(run, settings.log);
  if (!recorded) return false;
  const user = userOf(run, settings);
  const fromTag = fromTagOf(run, settings);
  const lines = () =>
    addresses
      .map((address) => `Record-Route: <sip:${user}${address}${fromTag};lr${paramsOf(recorded)}>\r\n`)
      .join('');
  run.message.edits.insert(lines);
  return true;
}

/**
 * Each branch may have its own from the branch_route. Deviation: OpenSIPS refuses it to the second one of parallel
 * branches, whose dialogs then pass this host by.
 */
function begin(run: ScriptRun, log: Logger): Recorded | undefined {
  const recorded = recordedOf(run);
  const { message, routeLetter } = run;
  const isOfOtherBranch = routeLetter === 'B' && recorded.branch !== undefined && recorded.branch !== message;
  if (recorded.done && !isOfOtherBranch) {
    log.error('w_record_route', 'Double attempt to record-route');
    return undefined;
  }
  recorded.done = true;
  recorded.branch = routeLetter === 'B' ? message : undefined;
  return recorded;
}

function userOf({ message }: ScriptRun, { addUser, tools }: RecordRouteSettings): string {
  if (!addUser) return '';
  const user = tools.uri(message.originalUri)?.user || tools.uri(message.requestUri)?.user;
  return user ? `${user}@` : '';
}

function fromTagOf({ message }: ScriptRun, { appendFromTag }: RecordRouteSettings): string {
  const tag = appendFromTag ? message.from?.tag : undefined;
  return tag === undefined ? '' : `;ftag=${tag}`;
}

/**
 * `192.0.2.1:5062;transport=ws`. udp is the default transport and is not named; a wss leg says `transport=wss`, as
 * the original writes it and browsers take it. The port of SIP is left out where it is the default of the transport;
 * the original leaves 5060 out for all of them, and would then take another one for meant.
 */
function placeOf({ host, port, portIsSet }: AdvertisedAddress, { protocol }: ListenSocket): string {
  const isDefault = port === 5060 && (protocol === 'udp' || protocol === 'tcp');
  const written = isDefault && !portIsSet ? '' : `:${port}`;
  return `${host}${written}${protocol === 'udp' ? '' : `;transport=${protocol}`}`;
}

function isSame(a: ListenSocket, b: ListenSocket): boolean {
  return a.protocol === b.protocol && a.port === b.port && a.address === b.address;
}
