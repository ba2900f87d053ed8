import type { SipMessage, Splice } from '../../runtime/module-exports.ts';
import { bodyNow } from './sdp-bodies.ts';

/** Changes of the body by place: of the received one, or of the one that a function has put in its place. */
export class EditedBody {
  readonly #message: SipMessage;
  readonly #ofNewBody: Splice[] = [];

  constructor(message: SipMessage) {
    this.#message = message;
  }

  replace(start: number, end: number, text: string): void {
    const { edits, bodyStart } = this.#message;
    if (edits.body === undefined) edits.splice(bodyStart + start, bodyStart + end, text);
    else this.#ofNewBody.push({ start, end, text });
  }

  /** What an earlier call has put there. */
  replacement(start: number, end: number): Splice | undefined {
    const { edits, bodyStart } = this.#message;
    return edits.body === undefined ? edits.splicedAt(bodyStart + start, bodyStart + end) : undefined;
  }

  /** Ends it. */
  write(): void {
    if (this.#ofNewBody.length === 0) return;
    const body = bodyNow(this.#message);
    let written = '';
    let at = 0;
    for (const { start, end, text } of this.#ofNewBody.sort((one, other) => one.start - other.start)) {
      written += body.slice(at, start) + text;
      at = end;
    }
    this.#message.edits.body = written + body.slice(at);
  }
}
