import type { EventParam, Events, Timers } from '../module-exports.ts';

/** Runs the event_route of that name. */
type RunRoute = (route: string, event: string, params: readonly EventParam[]) => void;

/** Events as the script sees them: whoever subscribed is told. */
export interface HostEvents extends Events {
  /**
   * A route is told of an event, for so many seconds, 0 for ever; once more prolongs it. Why not, where it is not.
   * `place`: `route:NAME`, the only kind of place there is.
   */
  subscribe(event: string, place: string, seconds: number): 'protocol' | 'route' | undefined;
  /** Called when the routes are there: the event_routes hear the events of their names from then on. */
  connect(routes: ReadonlyMap<string, { readonly atOnce: boolean }>, run: RunRoute): void;
}

interface Subscriber {
  /** Milliseconds of the host's clock; undefined: for ever. */
  until: number | undefined;
}

/** How many events may raise each other (event_interface.c: MAX_REC_LEV). */
const maxNested = 10;

export function createEvents(timers: Timers, complain: (message: string) => void): HostEvents {
  return new EventHub(timers, complain);
}

/** C: evi_raise_event, scriptroute_raise: a route runs later, with a message of its own. */
class EventHub implements HostEvents {
  readonly #timers: Timers;
  readonly #complain: (message: string) => void;
  /** By event, then by route. */
  readonly #subscribers = new Map<string, Map<string, Subscriber>>();
  #routes: ReadonlyMap<string, { readonly atOnce: boolean }> = new Map();
  #run: RunRoute = () => undefined;
  #nested = 0;

  constructor(timers: Timers, complain: (message: string) => void) {
    this.#timers = timers;
    this.#complain = complain;
  }

  connect(routes: ReadonlyMap<string, { readonly atOnce: boolean }>, run: RunRoute): void {
    this.#routes = routes;
    this.#run = run;
    for (const name of routes.keys()) this.subscribe(name, `route:${name}`, 0);
  }

  subscribe(event: string, place: string, seconds: number): 'protocol' | 'route' | undefined {
    const [, route] = /^route:(.*)$/s.exec(place) ?? [];
    if (route === undefined) return 'protocol';
    if (!this.#routes.has(route)) return 'route';
    const heard = this.#subscribers.get(event) ?? new Map<string, Subscriber>();
    this.#subscribers.set(event, heard);
    heard.set(route, { until: seconds === 0 ? undefined : this.#timers.now() + seconds * 1000 });
    return undefined;
  }

  isHeard(event: string): boolean {
    const heard = this.#subscribers.get(event);
    if (!heard) return false;
    const now = this.#timers.now();
    for (const [route, { until }] of heard) if (until !== undefined && until <= now) heard.delete(route);
    return heard.size > 0;
  }

  raise(event: string, params: readonly EventParam[] = []): void {
    if (!this.isHeard(event)) return;
    if (this.#nested >= maxNested) {
      this.#complain(`Too many nested events ${maxNested}`);
      return;
    }
    for (const route of this.#subscribers.get(event)?.keys() ?? []) {
      if (this.#routes.get(route)?.atOnce) this.#runNow(route, event, params);
      else this.#timers.after(0, () => this.#run(route, event, params));
    }
  }

  #runNow(route: string, event: string, params: readonly EventParam[]): void {
    this.#nested++;
    try {
      this.#run(route, event, params);
    } finally {
      this.#nested--;
    }
  }
}
