import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { SdpLines } from '../sip/sdp-lines.ts';
import { bodyPartsOf } from './body-parts.ts';

const sdpType = 'application/sdp';
const key = Symbol('the session description as the script has changed it');

/** What the script made of the body. */
interface EditedBody {
  /** The whole body, with the other parts of a multipart one. */
  body: string;
}

/** The session description of a message, to be changed. */
interface EditedSdp {
  readonly lines: SdpLines;
  /** The lines as they are now become the body. */
  keep(): void;
}

/** The body as the variables of the session description left it. */
export function currentBody({ message, storage }: ScriptRun): string {
  const edited = storage.get(key) as EditedBody | undefined;
  return edited?.body ?? message.body;
}

/** Undefined where the message has none, or one that cannot be taken apart. */
export function editedSdp(run: ScriptRun): EditedSdp | undefined {
  const body = currentBody(run);
  const part = sdpPartOf(run, body);
  const lines = part && SdpLines.read(part.body);
  if (!part || !lines) return undefined;
  const { start } = part;
  return {
    lines,
    keep() {
      keepBody(run, body.slice(0, start) + lines.text + body.slice(start + part.body.length));
    },
  };
}

export function sdpText(run: ScriptRun): ScriptValue {
  return sdpPartOf(run, currentBody(run))?.body ?? null;
}

/**
 * Replaces the description, or takes it away with NULL; a message without a body gets one. Errors: a text that is no
 * session description; a body of another kind.
 */
export function setSdp(run: ScriptRun, value: ScriptValue): void {
  const body = currentBody(run);
  const part = sdpPartOf(run, body);
  if (value === null) {
    keepBody(run, part ? body.slice(0, part.start) + body.slice(part.start + part.body.length) : '');
    return;
  }
  if (typeof value === 'number' || value === '')
    throw new Error('non-empty str value required to set SDP body');
  if (!/^v=[^\r\n]*[\r\n]+o=/.test(value)) throw new Error(`bad SDP provided (${value.slice(0, 40)} ...)`);
  if (part) {
    keepBody(run, body.slice(0, part.start) + value + body.slice(part.start + part.body.length));
    return;
  }
  if (body !== '') throw new Error('the body of the message is no SDP');
  if (run.message.findHeader('Content-Type') < 0) run.message.edits.append(`Content-Type: ${sdpType}\r\n`);
  keepBody(run, value);
}

function sdpPartOf({ message }: ScriptRun, body: string) {
  return bodyPartsOf(message, body).find(({ type }) => type === sdpType);
}

function keepBody({ message, storage }: ScriptRun, body: string): void {
  storage.set(key, { body } satisfies EditedBody);
  message.edits.body = body;
}
