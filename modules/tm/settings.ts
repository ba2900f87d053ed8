import type { ModuleHost } from '../../runtime/module-exports.ts';

/** The parameters of tm, in milliseconds where they are times. */
export interface Settings {
  readonly frTimeout: number;
  readonly frInviteTimeout: number;
  readonly restartsFrOnEachReply: boolean;
  /** How long a transaction stays behind its end. */
  readonly waitTime: number;
  readonly t1: number;
  readonly t2: number;
  /** 64 × T1 (RFC 3261 §17: timers B, F, H, J; RFC 6026: L, M). */
  readonly longest: number;
  readonly requestUriCounts: boolean;
  readonly viaCounts: boolean;
  readonly sends100: boolean;
  readonly sharesAvps: boolean;
  readonly allowsBranchesAfter6xx: boolean;
  /** The name of a branch flag. */
  readonly minorBranchFlag: string | undefined;
  readonly counts: boolean;
  readonly localRequestRoute: string | undefined;
  readonly localReplyRoute: string | undefined;
  readonly maxTransactions: number;
  readonly sends408ToAll: boolean;
}

/** Errors: T2 is not greater than T1 (C: tm_init_timers). */
export function settingsOf({ params, log }: Pick<ModuleHost, 'params' | 'log'>): Settings {
  const number = (name: string) => Number(params[name]);
  const text = (name: string) => (params[name] === undefined ? undefined : String(params[name]));
  const older = (name: string, now: string) => {
    const given = params[name];
    if (given === undefined) return number(now);
    log.warning(`__set_${name}`, `"${name}" is now deprecated! Use "${now}" instead!`);
    return Number(given);
  };
  const t1 = number('T1_timer');
  const t2 = number('T2_timer');
  if (t2 <= t1) throw new Error('T2_timer must be greater than T1_timer');
  return {
    frTimeout: older('fr_timer', 'fr_timeout') * 1000,
    frInviteTimeout: older('fr_inv_timer', 'fr_inv_timeout') * 1000,
    restartsFrOnEachReply: params.restart_fr_on_each_reply !== 0,
    waitTime: number('wt_timer') * 1000,
    t1,
    t2,
    longest: 64 * t1,
    requestUriCounts: params.ruri_matching !== 0,
    viaCounts: params.via1_matching !== 0,
    sends100: params.auto_100trying !== 0,
    sharesAvps: params.onreply_avp_mode === 1,
    allowsBranchesAfter6xx: params.disable_6xx_block === 1,
    minorBranchFlag: text('minor_branch_flag'),
    counts: params.enable_stats !== 0,
    localRequestRoute: text('local_request_route'),
    localReplyRoute: text('local_reply_route'),
    maxTransactions: number('max_transactions'),
    sends408ToAll: params.non_invite_408 === 1,
  };
}
