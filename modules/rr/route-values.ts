import type { NameAddress, RoutingTools, SipMessage, UriParts } from '../../runtime/module-exports.ts';

/** One value of the Route headers. */
interface RouteValue {
  readonly text: string;
  readonly uri: string;
  readonly parts: UriParts;
}

interface PlacedValue {
  /** The index of its header. */
  readonly header: number;
  readonly text: string;
}

/** The Route headers of one request, as a list of which loose routing takes the first or the last. */
export class RouteValues {
  readonly #message: SipMessage;
  readonly #tools: RoutingTools;
  readonly #values: PlacedValue[] = [];
  readonly #changed = new Set<number>();

  constructor(message: SipMessage, tools: RoutingTools) {
    this.#message = message;
    this.#tools = tools;
    for (let at = message.findHeader('Route'); at >= 0; at = message.findHeader('Route', at + 1)) {
      for (const text of tools.values(message.headerValue(at))) this.#values.push({ header: at, text });
    }
  }

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** Errors: RangeError for a value that is no address; undefined where none is left. */
  get first(): RouteValue | undefined {
    return this.#read(this.#values[0]);
  }

  get last(): RouteValue | undefined {
    return this.#read(this.#values.at(-1));
  }

  removeFirst(): void {
    this.#taken(this.#values.shift());
  }

  removeLast(): void {
    this.#taken(this.#values.pop());
  }

  /** Writes what is left into the message that goes on; headers from which nothing was taken stay as they came. */
  apply(): void {
    const { edits } = this.#message;
    for (const header of this.#changed) {
      const left = this.#values.filter((value) => value.header === header).map(({ text }) => text);
      if (left.length === 0) edits.remove(header);
      else edits.replace(header, `${this.#message.headerName(header)}: ${left.join(', ')}\r\n`);
    }
  }

  #taken(value: PlacedValue | undefined): void {
    if (value) this.#changed.add(value.header);
  }

  #read(value: PlacedValue | undefined): RouteValue | undefined {
    if (!value) return undefined;
    const address: NameAddress | undefined = this.#tools.nameAddress(value.text);
    const parts = address && this.#tools.uri(address.uri);
    if (!address || !parts || parts.host === '') throw new RangeError(`bad Route <${value.text}>`);
    return { text: value.text, uri: address.uri, parts };
  }
}

/** RFC 3261 §16.4, §19.1.1: without `lr` it is a strict router, or an endpoint. */
export function isStrict({ params }: UriParts): boolean {
  return !params.has('lr');
}
