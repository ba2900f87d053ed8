import type {
  Command,
  CommandSignature,
  MessageBranch,
  PreparedArgument,
  ScriptRun,
  SipMessage,
} from '../../module-exports.ts';
import { socketNamed } from '../../net/out-socket.ts';
import { appendBranch, branchOfMessage, maxBranches, newBranch, takeBranch } from '../../sip/branches.ts';
import { preferenceOf } from '../../sip/preference.ts';
import { nextBranches, serializeBranches } from '../../sip/serialized-branches.ts';
import { socketText } from '../../variables/network-variables.ts';
import { textOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { result } from '../result.ts';

const appendOld: CommandSignature = {
  params: ['s?', 's?'],
  paramNames: ['uri', 'q'],
  routes: '*',
  description:
    'adds a branch: a URI, or the Request-URI, which then has no next hop, flags, q and socket any more',
};

const remove: CommandSignature = {
  params: ['i'],
  paramNames: ['branch'],
  routes: '*',
  description: 'takes a branch away, counted from 0',
};

const move: CommandSignature = {
  params: ['i?', 'i?', 's?'],
  paramNames: ['from', 'to', 'keep'],
  routes: '*',
  description: 'puts a branch (or the Request-URI) into the place of another',
};

const swap: CommandSignature = {
  params: ['i?', 'i?'],
  paramNames: ['one', 'other'],
  routes: '*',
  description: 'exchanges two branches, or one and the Request-URI',
};

export const branchSignatures: Readonly<Record<string, CommandSignature>> = {
  append_branch: { ...appendOld, until: '3.5' },
  append_branch_old: { ...appendOld, since: '3.6' },
  append_msg_branch: {
    params: ['s', 's?', 's?'],
    paramNames: ['uri', 'q', 'inherite'],
    routes: '*',
    since: '3.6',
    description:
      'adds a branch; with "inherite" it has the next hop, path, q, flags and socket of the Request-URI',
  },
  remove_branch: { ...remove, until: '3.5' },
  remove_msg_branch: { ...remove, since: '3.6' },
  move_branch: { ...move, since: '3.5', until: '3.5' },
  move_msg_branch: { ...move, since: '3.6' },
  swap_branches: { ...swap, since: '3.5', until: '3.5' },
  swap_msg_branches: { ...swap, since: '3.6' },
  serialize_branches: {
    params: ['i', 'i?'],
    paramNames: ['clean', 'keep_order'],
    routes: '*',
    description: 'puts Request-URI and branches aside, the highest q first, for next_branches',
  },
  next_branches: {
    params: [],
    routes: '*',
    description:
      'takes the next ones of serialize_branches: 1 where more are left, 2 for the last, -1 for none',
  },
};

/** C: core_cmds.c, dset.c. */
export function branchCommands({ log, sockets }: ScriptEnvironment): Readonly<Record<string, Command>> {
  const append = (caller: string, run: ScriptRun, branch: MessageBranch): number => {
    try {
      appendBranch(run.message, branch);
      return result.true;
    } catch (error) {
      log.error(caller, error instanceof Error ? error.message : String(error));
      return result.unspecified;
    }
  };

  const appendBranchOld: Command = {
    prepare([uri, q]) {
      const preference = compilePreference(q);
      return (run) => {
        const given = uri?.given ? uri.evaluate(run) : undefined;
        const asked = preference(run);
        if (given === null || asked === undefined) return result.unspecified;
        const { message } = run;
        const branch = branchOfMessage(message);
        if (given !== undefined) {
          return append('append_branch', run, {
            ...branch,
            uri: textOf(given),
            q: asked.q,
            attributes: new Map(),
          });
        }
        const answer = append('append_branch', run, {
          ...branch,
          q: asked.q ?? branch.q,
          attributes: new Map(),
        });
        forgetOwn(message);
        return answer;
      };
    },
  };

  const appendMsgBranch: Command = {
    prepare([uri, q, word]) {
      const preference = compilePreference(q);
      const inherits = compileInherit(word);
      return (run) => {
        const text = textOf(uri?.evaluate(run) ?? null);
        if (text === '') log.error('w_append_msg_branch', 'appending an empty URI');
        const asked = preference(run);
        const inherit = inherits(run);
        if (text === '' || asked === undefined || inherit === undefined) return result.unspecified;
        const own = branchOfMessage(run.message);
        const branch = inherit
          ? { ...own, uri: text, q: asked.q ?? own.q, attributes: new Map() }
          : newBranch(text, asked.q);
        return append('append_msg_branch', run, branch);
      };
    },
  };

  const removeBranch: Command = ({ message }, index) => {
    const at = Number(index ?? -1);
    if (at < 0 || at >= message.branches.length) return result.unspecified;
    message.branches.splice(at, 1);
    return result.true;
  };

  const moveBranch: Command = {
    prepare([from, to, keep]) {
      return (run) => {
        const places = [placeOf(from, run), placeOf(to, run)] as const;
        const keeps = textOf(keep?.given ? keep.evaluate(run) : null).toLowerCase() === 'keep';
        return moveOn(run.message, places, keeps) ? result.true : result.unspecified;
      };
    },
  };

  const swapBranches: Command = {
    prepare([one, other]) {
      return (run) => {
        const places = [placeOf(one, run), placeOf(other, run)] as const;
        return swapOn(run.message, places) ? result.true : result.unspecified;
      };
    },
  };

  return {
    append_branch: appendBranchOld,
    append_branch_old: appendBranchOld,
    append_msg_branch: appendMsgBranch,
    remove_branch: removeBranch,
    remove_msg_branch: removeBranch,
    move_branch: moveBranch,
    move_msg_branch: moveBranch,
    swap_branches: swapBranches,
    swap_msg_branches: swapBranches,
    serialize_branches({ message, avps }, clean, keepOrder) {
      serializeBranches(message, avps, socketText, {
        clean: Number(clean ?? 0) !== 0,
        keepOrder: Number(keepOrder ?? 0) !== 0,
      });
    },
    next_branches(run) {
      if (run.routeLetter !== 'R' && run.routeLetter !== 'F') {
        log.error('next_branches', `called from unsupported route type ${run.routeLetter}`);
        return result.unspecified;
      }
      const how = takeNext(run);
      if (how === 'none') return result.unspecified;
      return how === 'more' ? 1 : 2;
    },
  };

  function takeNext({ message, avps }: ScriptRun): 'more' | 'last' | 'none' {
    try {
      return nextBranches(message, avps, (name) => socketNamed(sockets(), name));
    } catch (error) {
      log.error('next_branches', error instanceof Error ? error.message : String(error));
      return 'none';
    }
  }
}

/** The Request-URI has gone into the list with all that was said of it. */
function forgetOwn(message: SipMessage): void {
  message.sendSocket = undefined;
  message.branchFlags = 0;
  message.q = undefined;
  message.destinationUri = undefined;
  message.path = undefined;
}

/** Undefined where a variable holds no q. Errors: a constant one is none. */
function compilePreference(
  argument: PreparedArgument | undefined,
): (run: ScriptRun) => { readonly q: number | undefined } | undefined {
  if (!argument?.given) return () => ({ q: undefined });
  const { constant } = argument;
  if (constant !== undefined) {
    const q = preferenceOf(textOf(constant));
    if (q === undefined) throw new Error(`Bad qvalue (${textOf(constant)})`);
    return () => ({ q });
  }
  return (run) => {
    const q = preferenceOf(textOf(argument.evaluate(run)));
    return q === undefined ? undefined : { q };
  };
}

/** Undefined for a word that says nothing. Errors: a constant one says nothing. */
function compileInherit(argument: PreparedArgument | undefined): (run: ScriptRun) => boolean | undefined {
  if (!argument?.given) return () => false;
  const { constant } = argument;
  if (constant !== undefined && constant !== 'inherite') throw new Error(`Unknown flag: ${constant}`);
  return (run) => argument.evaluate(run) === 'inherite' || undefined;
}

/** A place among the branches, -1 for the Request-URI; undefined for one that there never is. */
function placeOf(argument: PreparedArgument | undefined, run: ScriptRun): number | undefined {
  const value = argument?.given ? Number(argument.evaluate(run) ?? -1) : -1;
  if (value >= maxBranches) return undefined;
  return Math.max(value, -1);
}

type Places = readonly [number | undefined, number | undefined];

/** As in OpenSIPS the first branch stays where it is, even where it is not to be kept. */
function moveOn(message: SipMessage, [from, to]: Places, keep: boolean): boolean {
  if (from === undefined || to === undefined) return false;
  if (from === to) return true;
  const source = branchAt(message, from);
  if (!source || !putAt(message, to, { ...source, attributes: new Map(source.attributes) })) return false;
  if (!keep && from > 0) message.branches.splice(from, 1);
  return true;
}

function swapOn(message: SipMessage, [one, other]: Places): boolean {
  if (one === undefined || other === undefined) return false;
  if (one === other) return true;
  const first = branchAt(message, one);
  const second = branchAt(message, other);
  return (
    first !== undefined && second !== undefined && putAt(message, one, second) && putAt(message, other, first)
  );
}

function branchAt(message: SipMessage, place: number): MessageBranch | undefined {
  return place < 0 ? branchOfMessage(message) : message.branches[place];
}

function putAt(message: SipMessage, place: number, branch: MessageBranch): boolean {
  if (place >= message.branches.length) return false;
  if (place < 0) takeBranch(message, branch);
  else message.branches[place] = branch;
  return true;
}
