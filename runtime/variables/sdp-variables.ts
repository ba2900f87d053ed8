import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { type SdpChoice, type SdpPart, wordOf } from '../sip/sdp-lines.ts';
import { dated, type VariableEntry } from './entries.ts';
import { editedSdp, sdpText, setSdp } from './sdp-edit.ts';

/** What the name in the round brackets says: `audio[1]/a=rtpmap[2]/word`. */
interface SdpName {
  readonly stream: SdpChoice | undefined;
  readonly line: SdpChoice;
  readonly word: SdpChoice | undefined;
}

const since36 = { since: '3.6' } as const;
const firstOfAll: SdpChoice = { prefix: '', index: 0 };

/** `$sdp` and its lines. Changes are edits of the body, and later reads show them. C: sdp_ops.c. */
export const sdpVariables: Readonly<Record<string, VariableEntry>> = {
  sdp: dated(
    {
      facts: {
        description: 'the session description; NULL takes it away',
        inner: 'optional',
        writable: true,
      },
      behaviour: { get: sdpText, set: (run, _inner, value) => setSdp(run, value) },
    },
    since36,
  ),
  'sdp.line': lineVariable('a line of the session description, or a word of it', false, () => 'all'),
  'sdp.session': lineVariable('a line in front of the first stream, or a word of it', false, () => 'session'),
  'sdp.stream': lineVariable('a line of a stream, or a word of it', true, streamOf),
  'sdp.stream.idx': dated(
    {
      facts: { description: 'the number of a line of a stream', inner: 'required' },
      behaviour: {
        get(run, inner) {
          const name = readName(inner, true);
          return editedSdp(run)?.lines.find(streamOf(name), name.line) ?? null;
        },
      },
    },
    since36,
  ),
};

function streamOf({ stream = firstOfAll }: SdpName): SdpPart {
  return { stream };
}

/**
 * An index of `insert` (negative infinite) puts a line in front of the one that is found, `insertAfter` (infinite) behind it.
 * `Deviation:` behind it, as the manual says; OpenSIPS 3.6 puts it in front of the next one that begins so, and fails
 * where there is none. `Deviation:` a word cannot be set; OpenSIPS says that it was, and sets nothing.
 */
function lineVariable(
  description: string,
  ofStream: boolean,
  partOf: (name: SdpName) => SdpPart,
): VariableEntry {
  const set = (run: ScriptRun, inner: string, value: ScriptValue, index?: number) => {
    if (typeof value === 'number') throw new Error('refusing to set SDP line to non-string value');
    const name = readName(inner, ofStream);
    if (name.word) throw new Error('a word of an SDP line cannot be set');
    const sdp = editedSdp(run);
    if (!sdp) throw new Error('current SIP message has no SDP part');
    const { lines } = sdp;
    const inserts = index !== undefined && value !== null;
    const place = inserts
      ? lines.placeFor(partOf(name), name.line, index < 0 ? 'before' : 'behind')
      : lines.find(partOf(name), name.line);
    if (place === undefined) throw new Error(`failed to locate SDP line ${inner}`);
    if (value === null) lines.remove(place);
    else if (inserts) lines.insert(place, value);
    else lines.replace(place, value);
    sdp.keep();
  };
  return dated(
    {
      facts: { description, inner: 'required', index: true, writable: true },
      behaviour: {
        get(run, inner) {
          const name = readName(inner, ofStream);
          const lines = editedSdp(run)?.lines;
          const found = lines?.find(partOf(name), name.line);
          const line = found === undefined ? undefined : lines?.line(found);
          return (name.word && line !== undefined ? wordOf(line, name.word) : line) ?? null;
        },
        set,
      },
    },
    since36,
  );
}

/** Pieces with `/` between them, each with a number in square brackets; `\/` is a slash of the text. */
function readName(inner: string, ofStream: boolean): SdpName {
  const pieces = inner.split(/(?<!\\)\//).map(readChoice);
  const [stream, line, word] = ofStream ? pieces : [undefined, ...pieces];
  return { stream, line: line ?? firstOfAll, word };
}

function readChoice(piece: string): SdpChoice {
  const [, prefix = '', index = '0'] = /^\s*([^[]*)(?:\[\s*([+-]?\d+)\s*\])?/.exec(piece) ?? [];
  return { prefix: prefix.replace(/\\([\\/])/g, '$1'), index: Number(index) };
}
