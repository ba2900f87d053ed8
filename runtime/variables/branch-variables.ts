import type { ListenSocket, MessageBranch, ScriptRun, ScriptValue, SipMessage } from '../module-exports.ts';
import { appendBranch, checkUri, contactsOf, newBranch } from '../sip/branches.ts';
import { preferenceText } from '../sip/preference.ts';
import { dated, reading, type VariableEntry } from './entries.ts';
import type { ScriptMarks } from './marks.ts';
import { socketText } from './network-variables.ts';

/** What the variables of branches need beside the run. */
interface BranchSources {
  readonly marks: ScriptMarks;
  /** The socket that a text names. */
  readonly socketNamed: (text: string) => ListenSocket | undefined;
  readonly warn: (caller: string, message: string) => void;
}

/** The fields of a branch, whether it is one of the list or the Request-URI. */
type Fields = Pick<MessageBranch, 'uri' | 'destinationUri' | 'path' | 'q' | 'sendSocket' | 'flags'>;

/** One field: its value, and what an assignment does. Errors of `set`: a value of the wrong kind. */
interface Field {
  get(of: Fields): ScriptValue;
  set(of: Fields, value: ScriptValue): void;
}

const since36 = { since: '3.6' } as const;

/** `$branch`, `$msg.branch.…`, `$ru_q`, `$path`, `$ds`. C: pv_get_branch_fields and its kin. */
export function branchVariables(sources: BranchSources): Readonly<Record<string, VariableEntry>> {
  const fields = fieldsOf(sources);
  return {
    ru_q: requestPreference(sources.warn),
    path: reading('the Path of the Request-URI', ({ message }) => message.path ?? null),
    ds: reading('the Contact of a redirection: Request-URI and branches', ({ message }) =>
      message.isRequest ? (contactsOf(message) ?? null) : null,
    ),
    branch: listVariable(fields),
    'msg.branch': dated(
      {
        facts: { description: 'the first branch; an assignment adds one', writable: true },
        behaviour: { get: firstUri, set: addBranch },
      },
      since36,
    ),
    ...Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        `msg.branch.${name}`,
        dated(fieldVariable(name, field), since36),
      ]),
    ),
    'msg.branch.attr': dated(attributeVariable, since36),
    'msg.branch.last_idx': dated(
      reading('the index of the last branch', ({ message }) => message.branches.length),
      since36,
    ),
    'branch.flag': dated(flagVariable(sources.marks), { since: '3.1' }),
    'msg.branch.flag': dated(flagVariable(sources.marks), since36),
  };
}

function fieldsOf({ marks, socketNamed }: BranchSources): Readonly<Record<string, Field>> {
  return {
    uri: {
      get: ({ uri }) => uri,
      set(of, value) {
        const uri = textOrNull(value, 'URI') ?? '';
        checkUri(uri);
        of.uri = uri;
      },
    },
    duri: {
      get: ({ destinationUri }) => destinationUri ?? null,
      set(of, value) {
        of.destinationUri = textOrNull(value, 'DURI') || undefined;
      },
    },
    q: {
      get: ({ q }) => preferenceText(q),
      set(of, value) {
        if (typeof value === 'string') throw new Error('INT value required to set the branch Q');
        of.q = value === null || value === -1 ? undefined : value;
      },
    },
    path: {
      get: ({ path }) => path ?? null,
      set(of, value) {
        of.path = textOrNull(value, 'PATH') || undefined;
      },
    },
    flags: {
      get: ({ flags }) => marks.branchFlagNames.names(flags),
      set(of, value) {
        of.flags = marks.branchFlagNames.bitsOf(textOrNull(value, 'FLAGS') ?? '');
      },
    },
    socket: {
      get: ({ sendSocket }) => (sendSocket ? socketText(sendSocket) : null),
      set(of, value) {
        const name = textOrNull(value, 'SOCKET');
        const socket = name === null ? undefined : socketNamed(name);
        if (name !== null && !socket) throw new Error(`no socket found to match [${name}]`);
        of.sendSocket = socket;
      },
    },
  };
}

function textOrNull(value: ScriptValue, field: string): string | null {
  if (typeof value === 'number') throw new Error(`STR value required to set the branch ${field}`);
  return value;
}

/** The Request-URI's fields under the names of a branch. */
function ownFields(message: SipMessage): Fields {
  return {
    get uri() {
      return message.requestUri;
    },
    set uri(uri) {
      message.requestUri = uri;
    },
    get destinationUri() {
      return message.destinationUri;
    },
    set destinationUri(uri) {
      if (uri === undefined) throw new Error('invalid parameter value');
      message.destinationUri = uri;
    },
    get path() {
      return message.path;
    },
    set path(path) {
      message.path = path;
    },
    get q() {
      return message.q;
    },
    set q(q) {
      message.q = q;
    },
    get sendSocket() {
      return message.sendSocket;
    },
    set sendSocket(socket) {
      message.sendSocket = socket;
    },
    get flags() {
      return message.branchFlags;
    },
    set flags(flags) {
      message.branchFlags = flags;
    },
  };
}

const firstUri = ({ message }: ScriptRun): ScriptValue => message.branches[0]?.uri ?? null;

function addBranch({ message }: ScriptRun, _inner: string, value: ScriptValue): void {
  if (typeof value !== 'string' || value === '') {
    throw new Error('str value required to create a new branch');
  }
  appendBranch(message, newBranch(value));
}

/** `$branch`, and its fields by index; the Request-URI is none of them. */
function listVariable(fields: Readonly<Record<string, Field>>): VariableEntry {
  const fieldNamed = (inner: string) => fields[inner.toLowerCase() || 'uri'];
  return {
    facts: {
      description:
        'a field of a branch: uri, duri, q, path, flags, socket; an assignment without one adds a branch',
      inner: 'optional',
      index: true,
      writable: true,
    },
    behaviour: {
      get({ message }, inner, index = 0) {
        const branch = message.branches.at(index);
        return (branch && fieldNamed(inner)?.get(branch)) ?? null;
      },
      getAll: ({ message }, inner) =>
        message.branches.map((branch) => fieldNamed(inner)?.get(branch) ?? null),
      set(run, inner, value, index = 0) {
        if (inner === '') {
          addBranch(run, inner, value);
          return;
        }
        const { message } = run;
        const branch = message.isRequest ? message.branches.at(index) : undefined;
        if (!branch) throw missing(index, message.branches.length);
        fieldNamed(inner)?.set(branch, value);
      },
    },
  };
}

function missing(index: number, count: number): Error {
  return new Error(`inexisting branch assignment [${count}/${index}]`);
}

/** Index 0 is the Request-URI; without an index the last branch is meant. */
function branchAt(message: SipMessage, index = message.branches.length): Fields | undefined {
  const at = index < 0 ? message.branches.length + 1 + index : index;
  return at === 0 ? ownFields(message) : message.branches[at - 1];
}

function fieldVariable(name: string, field: Field): VariableEntry {
  return {
    facts: { description: `${name} of the Request-URI (0) or of a branch`, index: true, writable: true },
    behaviour: {
      get({ message }, _inner, index) {
        const branch = message.isRequest ? branchAt(message, index) : undefined;
        return branch ? field.get(branch) : null;
      },
      getAll: ({ message }) =>
        message.isRequest ? [ownFields(message), ...message.branches].map((each) => field.get(each)) : [],
      set({ message }, _inner, value, index) {
        const branch = message.isRequest ? branchAt(message, index) : undefined;
        if (!branch) throw missing(index ?? 0, message.branches.length);
        field.set(branch, value);
      },
    },
  };
}

function attributesAt(
  message: SipMessage,
  index = message.branches.length,
): Map<string, ScriptValue> | undefined {
  const at = index < 0 ? message.branches.length + 1 + index : index;
  return at === 0 ? message.branchAttributes : message.branches[at - 1]?.attributes;
}

const attributeVariable: VariableEntry = {
  facts: {
    description: 'a value of your own of the Request-URI (0) or of a branch',
    inner: 'required',
    index: true,
    writable: true,
  },
  behaviour: {
    get: ({ message }, inner, index) => attributesAt(message, index)?.get(inner) ?? null,
    set({ message }, inner, value, index) {
      const attributes = message.isRequest ? attributesAt(message, index) : undefined;
      if (!attributes) throw missing(index ?? 0, message.branches.length);
      if (value === null) attributes.delete(inner);
      else attributes.set(inner, value);
    },
  },
};

/** As in OpenSIPS a read knows one branch less than an assignment, and means the Request-URI where no index is given. */
function flagVariable({ branchFlagNames, branchFlags }: ScriptMarks): VariableEntry {
  const maskOf = (name: string) => 1 << (branchFlagNames.bit(name) ?? 0);
  return {
    facts: {
      description: 'a flag of the Request-URI (0) or of a branch: 1 or 0',
      inner: 'required',
      index: true,
      writable: true,
    },
    behaviour: {
      get(run, inner, index = 0) {
        const count = run.message.branches.length;
        const at = index < 0 ? count + index : index;
        if (at < 0 || at >= count) return null;
        return branchFlags.get(run, at) & maskOf(inner) ? 1 : 0;
      },
      set(run, inner, value, index) {
        if (typeof value !== 'number') throw new Error('input for $branch.flag() found not to be an integer');
        const last = run.message.branches.length;
        const at = index === undefined ? last : index < 0 ? last + 1 + index : index;
        const bits = branchFlags.get(run, at);
        const changed = value === 0 ? bits & ~maskOf(inner) : bits | maskOf(inner);
        if (at < 0 || !branchFlags.set(run, changed, at)) throw missing(at, last);
      },
    },
  };
}

function requestPreference(warn: BranchSources['warn']): VariableEntry {
  return {
    facts: { description: 'the q of the Request-URI in thousandths, -1 without one', writable: true },
    behaviour: {
      get: ({ message }) => message.q ?? -1,
      set({ message }, _inner, value) {
        if (typeof value !== 'number') throw new Error('int value required to set r-uri queue value');
        if (value > 1000) {
          warn('pv_set_ru_q', `queue value too big ${value} - setting queue to maximum value (1000)`);
        }
        message.q = value === -1 ? undefined : Math.min(value, 1000);
      },
    },
  };
}
