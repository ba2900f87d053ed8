import type { Logger, RoutingTools, ScriptRun, UriParts } from '../../runtime/module-exports.ts';
import { isOwn, socketOf } from './own-uris.ts';
import { isStrict, RouteValues } from './route-values.ts';
import { routedParams } from './routed-params.ts';

export interface LooseRouteSettings {
  readonly tools: RoutingTools;
  readonly log: Logger;
  readonly doubleRecordRoute: boolean;
  readonly warnOfSockets: boolean;
  /** Is told the parameters of each Route of this host that was taken. */
  readonly taken: (run: ScriptRun, params: UriParts['params']) => void;
}

/**
 * Follows the Route headers of a request. True where they, or this host having been the last of them, say where it
 * goes: the next hop is in `$du`, or in the Request-URI. False without Route, where one cannot be read, and for a
 * request outside a dialog whose only Route was this host.
 */
export function looseRoute(run: ScriptRun, settings: LooseRouteSettings): boolean {
  const routing = new Routing(run, settings);
  try {
    return routing.follow();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    settings.log.error('loose_route', error.message);
    return false;
  }
}

/** One request on its way through its Route headers (RFC 3261 §16.4, §16.6 step 6). */
class Routing {
  readonly #run: ScriptRun;
  readonly #settings: LooseRouteSettings;
  readonly #routes: RouteValues;
  /** A request outside a dialog brings its Routes along. */
  readonly #preloaded: boolean;
  readonly #taken: UriParts['params'][] = [];

  constructor(run: ScriptRun, settings: LooseRouteSettings) {
    this.#run = run;
    this.#settings = settings;
    this.#routes = new RouteValues(run.message, settings.tools);
    this.#preloaded = run.message.to?.tag === undefined;
  }

  follow(): boolean {
    if (this.#routes.isEmpty) return false;
    const target = this.#settings.tools.uri(this.#run.message.requestUri);
    if (!target) throw new RangeError(`bad Request-URI <${this.#run.message.requestUri}>`);
    const fromStrict = !this.#preloaded && !target.params.has('gr') && isOwn(this.#settings.tools, target);
    const followed = fromStrict ? this.#afterStrict(target) : this.#afterLoose();
    this.#routes.apply();
    for (const params of this.#taken) this.#settings.taken(this.#run, params);
    return followed;
  }

  /** The usual case: the first Route is this host, or (of a neighbour that leaves us out) the next one. */
  #afterLoose(): boolean {
    const { tools } = this.#settings;
    const own = this.#routes.first;
    if (own && isOwn(tools, own.parts)) {
      routedParams.set(this.#run, own.parts.paramsAsWritten, own.parts.params);
      this.#taken.push(own.parts.params);
      this.#routes.removeFirst();
      if (!this.#takeSecond(own.parts) && !this.#preloaded)
        this.#run.message.sendSocket = this.#run.source.socket;
    }
    const next = this.#routes.first;
    if (!next) return !this.#preloaded;
    if (isStrict(next.parts)) this.#toStrict(next.uri);
    else this.#run.message.destinationUri = next.uri;
    return true;
  }

  /** The other half of a double Record-Route is this host too; its socket is the one to send by. */
  #takeSecond(first: UriParts): boolean {
    const { tools, doubleRecordRoute } = this.#settings;
    const second = doubleRecordRoute && first.params.has('r2') ? this.#routes.first : undefined;
    if (!second || !isOwn(tools, second.parts)) return false;
    this.#sendBy(second.parts, '2nd RR');
    this.#taken.push(second.parts.params);
    this.#routes.removeFirst();
    return true;
  }

  /** The Request-URI becomes the last Route, and the first Route the Request-URI (§16.6 step 6). */
  #toStrict(uri: string): void {
    const { message } = this.#run;
    message.edits.append(`Route: <${message.originalUri}>\r\n`);
    message.requestUri = uri;
    this.#routes.removeFirst();
  }

  /** A strict router has put our Record-Route into the Request-URI; the real one is the last Route (§16.4). */
  #afterStrict(target: UriParts): boolean {
    const { message } = this.#run;
    const { tools, doubleRecordRoute } = this.#settings;
    const first = this.#routes.first;
    if (first && doubleRecordRoute && first.parts.params.has('r2') && isOwn(tools, first.parts)) {
      this.#sendBy(first.parts, '2nd RR');
      this.#routes.removeFirst();
    } else this.#sendBy(target, 'RR');
    const next = this.#routes.first;
    if (!next) return false;
    if (isStrict(next.parts)) {
      message.requestUri = next.uri;
      this.#routes.removeFirst();
    } else {
      message.destinationUri = next.uri;
      message.requestUri = this.#routes.last?.uri ?? next.uri;
      this.#routes.removeLast();
    }
    const taken = tools.uri(message.requestUri);
    if (taken) routedParams.set(this.#run, taken.paramsAsWritten, taken.params);
    return true;
  }

  #sendBy(uri: UriParts, what: string): void {
    const { tools, log, warnOfSockets } = this.#settings;
    const socket = socketOf(tools, uri);
    if (socket) this.#run.message.sendSocket = socket;
    else if (warnOfSockets)
      log.warning('after_loose', `no socket found to match ${what} [${uri.host}:${uri.port}]`);
  }
}
