/** A call flow as text, a line a step, as the ladder diagrams of RFC 3665 have them. */

/**
 * One line of a ladder:
 *
 * - `alice -> bob INVITE`, `bob -> alice 180`: one phone sends, the other receives.
 * - `alice -> proxy CANCEL`: a phone sends. `proxy -> bob CANCEL`: it receives.
 *   A 100 that no line asks for may come before any other message.
 * - `proxy -> alice 200 CANCEL`: of which request, where it is not the last that was neither ACK nor CANCEL.
 * - `bob -> proxy 200 INVITE again`: the same text once more, sent or received.
 * - `alice -> proxy MESSAGE sip:x@y "text" with Expires: 0 with …`: Request-URI, body, header lines. What is received
 *   has these header lines and this body, or the line is not kept.
 * - `after 500 ms: proxy -> bob INVITE again`: nobody hears anything before that time is over, and this then.
 * - `after 3 s`: time goes by; `silence`: nothing has come that was not asked for. Each ladder ends with a silence.
 */
export type Step = MessageStep | WaitStep | { readonly kind: 'silence' };

export interface MessageStep {
  readonly kind: 'message';
  readonly line: string;
  readonly from: string;
  readonly to: string;
  /** A method or a status. */
  readonly what: string;
  /** The method that a reply answers; undefined where the line does not tell it. */
  readonly of: string | undefined;
  readonly again: boolean;
  readonly uri: string | undefined;
  readonly body: string | undefined;
  readonly headers: readonly string[];
  /** Milliseconds that go by first. */
  readonly after: number | undefined;
}

export interface WaitStep {
  readonly kind: 'wait';
  readonly milliseconds: number;
}

const after = /^after (\d+) (ms|s)(?:: +|$)/;
const messageLine =
  /^(\w+) +-> +(\w+) +([A-Z]+|\d{3})(?: ([A-Z]+))?( again)?(?: (sips?:\S+|\{\w+\}))?(?: "([^"]*)")?$/;

/** Errors: throws for a line that is none. */
export function parseLadder(text: string): readonly Step[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(parseLine);
}

function parseLine(line: string): Step {
  if (line === 'silence') return { kind: 'silence' };
  const [timed = '', number, unit] = after.exec(line) ?? [];
  const milliseconds = number === undefined ? undefined : Number(number) * (unit === 's' ? 1000 : 1);
  const rest = line.slice(timed.length);
  if (milliseconds !== undefined && rest === '') return { kind: 'wait', milliseconds };
  return parseMessage(line, rest, milliseconds);
}

function parseMessage(line: string, rest: string, milliseconds: number | undefined): MessageStep {
  const [main = '', ...headers] = rest.split(' with ');
  const match = messageLine.exec(main.trim());
  if (!match) throw new Error(`no line of a ladder: ${line}`);
  const [, from = '', to = '', what = '', of, again, uri, body] = match;
  return {
    kind: 'message',
    line,
    from,
    to,
    what,
    of,
    again: again !== undefined,
    uri,
    body: body === undefined ? undefined : Buffer.from(body, 'utf8').toString('latin1'),
    headers,
    after: milliseconds,
  };
}
