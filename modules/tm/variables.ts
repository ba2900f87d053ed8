import type { ModuleHost, ScriptRun, ScriptValue, VariableBehaviour } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import type { Positions } from './positions.ts';
import type { Settings } from './settings.ts';

type Host = Pick<ModuleHost, 'log' | 'flags'>;

export function variablesOf(
  { log, flags }: Host,
  positions: Positions,
  settings: Pick<Settings, 'frTimeout' | 'frInviteTimeout'>,
): Readonly<Record<string, VariableBehaviour>> {
  const inBranch = (run: ScriptRun) => 'BOF'.includes(run.routeLetter);

  const replyCode = (run: ScriptRun): number => {
    const { transaction } = positions.of(run);
    if (!transaction) return 0;
    switch (run.routeLetter) {
      case 'R':
        return transaction.status;
      case 'O':
        return run.message.statusCode;
      case 'F':
        return transaction.picked?.lastReceived ?? 0;
      default:
        log.error('pv_get_tm_reply_code', `unsupported route_type ${run.routeLetter}`);
        return 0;
    }
  };

  /** The branch of an index, from the last one backwards where it is negative; else the one at hand. */
  const branchOf = (run: ScriptRun, index: number | undefined): Branch | undefined => {
    const { transaction, branch } = positions.of(run);
    if (index === undefined) return branch ?? transaction?.branches[0];
    return transaction?.branches.at(index);
  };

  const timeout = (field: 'frTimeout' | 'frInviteTimeout'): VariableBehaviour => ({
    get(run) {
      const position = positions.of(run);
      return ((position.transaction ?? position)[field] ?? settings[field]) / 1000;
    },
    set(run, _inner, value) {
      if (value !== null && typeof value !== 'number')
        throw new Error('assigning non-int value as a timeout');
      const position = positions.of(run);
      (position.transaction ?? position)[field] = value === null ? undefined : value * 1000;
    },
  });

  const field = (get: (branch: Branch) => ScriptValue): VariableBehaviour => ({
    get(run, _inner, index) {
      const branch = branchOf(run, index);
      return branch ? get(branch) : null;
    },
    getAll: (run) => (positions.of(run).transaction?.branches ?? []).map(get),
  });

  return {
    T_branch_idx: {
      get: (run) => (inBranch(run) ? (positions.of(run).branch?.index ?? 0) : null),
    },
    T_reply_code: { get: replyCode },
    T_ruri: {
      get(run) {
        const { transaction } = positions.of(run);
        if (!transaction) return run.message.isRequest ? run.message.requestUri : null;
        const branch = branchOf(run, undefined);
        return branch ? branch.uri || branch.message.requestUri : null;
      },
    },
    T_id: {
      get(run) {
        const { transaction } = positions.of(run);
        return transaction ? transaction.id.replace('.', ':') : null;
      },
    },
    T_fr_timeout: timeout('frTimeout'),
    T_fr_inv_timeout: timeout('frInviteTimeout'),
    T_branch_last_reply_code: {
      get(run, _inner, index) {
        const { transaction } = positions.of(run);
        return transaction ? (branchOf(run, index)?.lastReceived ?? 0) : null;
      },
    },
    bavp: {
      get: (run, inner, index = 0) => valueAt(positions.of(run).branch?.avps.get(inner), index),
      getAll: (run, inner) => positions.of(run).branch?.avps.get(inner) ?? [],
      set(run, inner, value, index, replaceAll) {
        const { branch } = positions.of(run);
        if (!branch) throw new Error('there is no branch here');
        setAvp(branch.avps, inner, value, index, replaceAll ?? false);
      },
    },
    'tm.branch.uri': field(({ uri, message }) => uri || message.requestUri),
    'tm.branch.duri': field(({ message }) => message.destinationUri ?? null),
    'tm.branch.path': field(({ message }) => message.path ?? null),
    'tm.branch.q': field(({ message }) => message.q ?? ''),
    'tm.branch.socket': field(({ socket }) =>
      socket ? `${socket.protocol}:${socket.address}:${socket.port}` : null,
    ),
    'tm.branch.type': field(({ isPhony }) => (isPhony ? 'phony' : 'sip')),
    'tm.branch.last_received': field(({ lastReceived }) => lastReceived || null),
    'tm.branch.flags': field(({ message }) => flags.branchNames(message.branchFlags)),
    'tm.branch.flag': {
      get(run, inner, index) {
        const branch = branchOf(run, index);
        if (!branch) return null;
        return (branch.message.branchFlags & flags.branch(inner)) === 0 ? 'false' : 'true';
      },
      set(run, inner, value, index) {
        const branch = branchOf(run, index);
        if (!branch) throw new Error('there is no such branch');
        const mask = flags.branch(inner);
        if (value === null || value === 0 || value === 'false') branch.message.branchFlags &= ~mask;
        else branch.message.branchFlags |= mask;
      },
    },
    'tm.branch.attr': {
      get: (run, inner, index) => branchOf(run, index)?.message.branchAttributes.get(inner) ?? null,
      set(run, inner, value, index) {
        const branch = branchOf(run, index);
        if (!branch) throw new Error('there is no such branch');
        if (value === null) branch.message.branchAttributes.delete(inner);
        else branch.message.branchAttributes.set(inner, value);
      },
    },
  };
}

function valueAt(list: readonly ScriptValue[] | undefined, index: number): ScriptValue {
  if (!list) return null;
  return list[index < 0 ? list.length + index : index] ?? null;
}

/** As `$avp`: the last value set comes first, an index replaces, NULL removes. Errors: nothing at that index. */
function setAvp(
  avps: Map<string, ScriptValue[]>,
  name: string,
  value: ScriptValue,
  index: number | undefined,
  replaceAll: boolean,
): void {
  const list = replaceAll ? [] : (avps.get(name) ?? []);
  if (value === null) list.splice(index ?? 0, replaceAll ? list.length : 1);
  else if (index === undefined || replaceAll || index === Number.NEGATIVE_INFINITY) list.unshift(value);
  else if (index === Number.POSITIVE_INFINITY) list.push(value);
  else if (index < list.length && index >= 0) list[index] = value;
  else throw new Error('failed to replace bavp');
  if (list.length > 0) avps.set(name, list);
  else avps.delete(name);
}
