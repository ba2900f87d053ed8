import type { SipMessage } from '../../runtime/module-exports.ts';

/** A part of the received message, and where it begins there. */
export interface Region {
  readonly text: string;
  readonly start: number;
}

/** Which part of a message a function looks at; undefined where the message has none. */
export type RegionOf = (message: SipMessage) => Region | undefined;

/** All behind the first line, the body too. */
export const behindFirstLine: RegionOf = ({ text, headersStart, bodyStart, body }) => ({
  text: text.slice(headersStart, bodyStart + body.length),
  start: headersStart,
});

export const bodyOnly: RegionOf = ({ bodyStart, body }) =>
  body === '' ? undefined : { text: body, start: bodyStart };
