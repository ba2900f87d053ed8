/** A SIP message as a phone sees it, one character a byte: written by nobody but tests, so it knows full header names alone. */
export class SipText {
  readonly text: string;
  readonly startLine: string;
  readonly body: string;
  readonly #lines: readonly string[];

  constructor(text: string) {
    const end = text.indexOf('\r\n\r\n');
    const [startLine = '', ...lines] = text.slice(0, end).split('\r\n');
    this.text = text;
    this.startLine = startLine;
    this.body = text.slice(end + 4);
    this.#lines = lines;
  }

  /** `INVITE` of a request, `180 INVITE` of a reply to one. */
  get kind(): string {
    const [first = '', second = ''] = this.startLine.split(' ');
    return first === 'SIP/2.0' ? `${second} ${this.method}` : first;
  }

  get isRequest(): boolean {
    return !this.startLine.startsWith('SIP/2.0 ');
  }

  /** Of a reply, 0 of a request. */
  get status(): number {
    return this.isRequest ? 0 : Number(this.startLine.split(' ')[1]);
  }

  /** As the CSeq has it. */
  get method(): string {
    return this.header('CSeq')?.split(' ')[1] ?? '';
  }

  get requestUri(): string {
    return this.startLine.split(' ')[1] ?? '';
  }

  /** The first one's value. */
  header(name: string): string | undefined {
    return this.headers(name)[0];
  }

  /** The values of all, as they stand. */
  headers(name: string): readonly string[] {
    const start = `${name.toLowerCase()}:`;
    return this.#lines
      .filter((line) => line.toLowerCase().startsWith(start))
      .map((line) => line.slice(start.length).trim());
  }

  /** The name addresses of all, those that share a line taken apart. */
  addresses(name: string): readonly string[] {
    return this.headers(name).flatMap((value) => value.split(/,\s*(?=<)/));
  }

  /** Whole lines, for a message that takes them over. */
  lines(name: string): readonly string[] {
    return this.headers(name).map((value) => `${name}: ${value}`);
  }
}

/** The URI in the angle brackets of a name address. */
export function uriOf(address: string | undefined): string {
  return /<([^>]*)>/.exec(address ?? '')?.[1] ?? '';
}

/** `;tag=` of a From or To; undefined without one. */
export function tagOf(address: string | undefined): string | undefined {
  return /;\s*tag=([^;\s]+)/.exec(address ?? '')?.[1];
}

/** A whole message of its lines; Content-Length is put behind them. */
export function message(startLine: string, lines: readonly string[], body = ''): string {
  return [startLine, ...lines, `Content-Length: ${body.length}`, '', body].join('\r\n');
}
