import type { AddedLines, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { type BodyPart, boundaryOf, mediaType, newBoundary, partsOf, printParts } from './body-parts.ts';

/** A part as it stands now; one of the received body with its number there. */
export interface CurrentPart extends BodyPart {
  readonly received?: number;
}

/** What these functions made of the body. */
interface ChangedBody {
  readonly receivedType: string;
  contentType: string;
  /** The parts in order, those of the received body by their number: functions about SDP still change these. */
  parts: readonly (BodyPart | number)[] | undefined;
  printed: string | undefined;
  added: AddedLines | undefined;
}

const key = Symbol('body parts');

function stateOf({ message, storage }: ScriptRun): ChangedBody {
  const known = storage.get(key);
  // Nobody else can put anything under this symbol.
  if (known !== undefined) return known as ChangedBody;
  const contentType = message.header('Content-Type') ?? '';
  const state: ChangedBody = {
    receivedType: contentType,
    contentType,
    parts: undefined,
    printed: undefined,
    added: undefined,
  };
  storage.set(key, state);
  return state;
}

/** The Content-Type that the body has by now. */
export function currentType(run: ScriptRun): string {
  return stateOf(run).contentType;
}

/** The parts of the body with the changes made so far. */
export function currentParts(run: ScriptRun): CurrentPart[] {
  const state = stateOf(run);
  const { body } = run.message.edits;
  if (body !== state.printed) return body === undefined ? [] : partsOf(body, state.contentType);
  const received = receivedParts(run.message, state.receivedType);
  if (!state.parts) return received;
  return state.parts.flatMap((part) => (typeof part === 'number' ? (received[part] ?? []) : [part]));
}

/** With what was spliced into their text. */
function receivedParts(message: SipMessage, contentType: string): CurrentPart[] {
  const { body } = message.edits;
  message.edits.body = undefined;
  const parts = partsOf(message.bodyToSend, contentType);
  message.edits.body = body;
  return parts.map((part, received) => ({ ...part, received }));
}

/** Whether the SDP of the received body is still a part of what goes on. */
export function keepsReceivedSdp(run: ScriptRun): boolean {
  if (run.message.edits.body === undefined) return true;
  return currentParts(run).some(
    ({ received, contentType }) => received !== undefined && mediaType(contentType) === 'application/sdp',
  );
}

/** Puts the body together anew, where functions about parts made one: something was spliced into a part of it. */
export function renewBody(run: ScriptRun): void {
  if (run.message.edits.body !== undefined) setParts(run, currentParts(run));
}

/** One part is the body itself; several stand between the boundaries that there were, or new ones. */
export function setParts(run: ScriptRun, parts: readonly CurrentPart[]): void {
  const state = stateOf(run);
  const { message } = run;
  const [only] = parts;
  if (parts.length === 0) {
    message.edits.body = '';
    setContentType(message, state, '', '');
  } else if (parts.length === 1 && only) {
    message.edits.body = only.content;
    setContentType(message, state, only.contentType, only.headers);
  } else {
    const known = boundaryOf(state.contentType);
    const boundary = known ?? newBoundary(parts);
    message.edits.body = printParts(parts, boundary);
    setContentType(
      message,
      state,
      known === undefined ? `multipart/mixed;boundary=${boundary}` : state.contentType,
      '',
    );
  }
  state.printed = message.edits.body;
  state.parts = parts.map((part) => part.received ?? part);
}

function setContentType(message: SipMessage, state: ChangedBody, contentType: string, headers: string): void {
  if (contentType === state.contentType && headers === '') return;
  state.contentType = contentType;
  const line = contentType === '' ? '' : `Content-Type: ${contentType}\r\n`;
  const index = message.findHeader('Content-Type');
  if (index >= 0) message.edits.replace(index, headers + line);
  else if (state.added) state.added.lines = line + headers;
  else state.added = message.edits.append(line + headers);
}
