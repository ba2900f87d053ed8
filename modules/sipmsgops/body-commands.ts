import type { AddedLines, Command, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { type BodyPart, boundaryOf, mediaType, newBoundary, partsOf, printParts } from './body-parts.ts';

interface BodyState {
  /** As the body stands now, behind the changes of these functions. */
  contentType: string;
  added: AddedLines | undefined;
}

const key = Symbol('body parts');

function stateOf({ message, storage }: ScriptRun): BodyState {
  const known = storage.get(key);
  // Nobody else can put anything under this symbol.
  if (known !== undefined) return known as BodyState;
  const state: BodyState = { contentType: message.header('Content-Type') ?? '', added: undefined };
  storage.set(key, state);
  return state;
}

function currentParts(run: ScriptRun): BodyPart[] {
  return partsOf(run.message.bodyToSend, stateOf(run).contentType);
}

/** The functions about bodies and their parts. */
export function bodyCommands(): Readonly<Record<string, Command>> {
  return {
    add_body_part: (run, content, type, headers) => {
      setParts(run, [...currentParts(run), partOf(content, type, headers)]);
    },
    remove_body_part: (run, type, revert) => removeParts(run, type, revert === 'revert'),
    add_body: (run, content, type) => {
      setParts(run, [partOf(content, type ?? stateOf(run).contentType, null)]);
    },
    strip_body: (run, type) => removeParts(run, type, false),
    filter_body: (run, type) => removeParts(run, type, true),
    get_updated_body_part: {
      prepare:
        ([type, result]) =>
        (run) => {
          const wanted = type?.given ? mediaType(String(type.evaluate(run) ?? '')) : '';
          if (wanted === '') return result?.variable?.set(run, run.message.bodyToSend);
          const part = currentParts(run).find(({ contentType }) => mediaType(contentType) === wanted);
          return part ? result?.variable?.set(run, part.content) : -2;
        },
    },
  };
}

function partOf(content: unknown, type: unknown, headers: unknown): BodyPart {
  return {
    content: String(content),
    contentType: String(type),
    headers: typeof headers === 'string' ? headers : '',
  };
}

function removeParts(run: ScriptRun, type: unknown, revert: boolean): boolean {
  const parts = currentParts(run);
  const wanted = typeof type === 'string' ? mediaType(type) : '';
  const rest =
    wanted === '' ? [] : parts.filter(({ contentType }) => (mediaType(contentType) === wanted) === revert);
  if (rest.length === parts.length) return false;
  setParts(run, rest);
  return true;
}

/** One part is the body itself; several stand between the boundaries that there were, or new ones. */
function setParts(run: ScriptRun, parts: readonly BodyPart[]): void {
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
}

function setContentType(message: SipMessage, state: BodyState, contentType: string, headers: string): void {
  if (contentType === state.contentType && headers === '') return;
  state.contentType = contentType;
  const line = contentType === '' ? '' : `Content-Type: ${contentType}\r\n`;
  const index = message.findHeader('Content-Type');
  if (index >= 0) message.edits.replace(index, headers + line);
  else if (state.added) state.added.lines = line + headers;
  else state.added = message.edits.append(line + headers);
}
