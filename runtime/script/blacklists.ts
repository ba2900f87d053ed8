import type { Blacklist, BlacklistRule, Config } from '../../grammar/index.ts';
import type { ScriptRun, SipMessage, Timers } from '../module-exports.ts';
import { matchesNetwork, type Network, parseNetwork } from '../sip/ip-address.ts';
import { globPattern } from '../variables/glob-pattern.ts';

/** What a message would be sent to. */
export interface BlacklistedTarget {
  /** Lower case; '' where nothing is known of it. */
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** The message as it would leave, or the text that a pattern is asked about. */
  readonly text: () => string;
}

/** A destination that a list names. */
export interface BlockRule {
  readonly network: Network;
  /** 0: any. */
  readonly port: number;
  /** '': any. */
  readonly protocol: string;
  /** A shell pattern for the message; '': any. */
  readonly pattern: string;
  /** The rule means every destination that it does not describe. */
  readonly negated: boolean;
}

/** Why a rule could not be added or taken away. */
type Refusal = 'fixed' | 'never ends' | 'missing';

/** The lists of `dst_blacklist` lines. C: blacklists.c. */
export interface Blacklists {
  has(name: string): boolean;
  /** Whether that list names the target. */
  matches(name: string, target: BlacklistedTarget): boolean;
  /** The lists that count for a message from here on, or no longer; without a name all of them. */
  use(run: ScriptRun, used: boolean, name?: string): void;
  /** Whether one of the lists that count for the message names the target. */
  blocks(message: SipMessage, target: BlacklistedTarget): boolean;
  /** `seconds`: how long the rule holds, 0 for ever. A rule that is there already is not added again. */
  add(name: string, rule: BlockRule, seconds: number): Refusal | undefined;
  /**
   * `Deviation:` a rule without a pattern can be taken away, as the manual says; OpenSIPS 3.6 never finds it.
   */
  remove(name: string, rule: BlockRule): Refusal | undefined;
  /** Puts a destination that took no message on the list `dns` for four minutes, where there is that list. */
  sendFailed(destination: Omit<BlacklistedTarget, 'text'>): void;
}

interface HeldRule extends BlockRule {
  readonly fits: ((text: string) => boolean) | undefined;
  /** Milliseconds of the host's clock; undefined: it holds for ever. */
  readonly until: number | undefined;
}

interface HeldList {
  readonly fixed: boolean;
  readonly expires: boolean;
  /**
   * Counts for every message. `Deviation:` OpenSIPS 3.6 knows the flag, and no message ever gets it.
   */
  readonly byDefault: boolean;
  rules: HeldRule[];
}

/** The list of destinations that took no message; there is one where disable_dns_blacklist is off. C: failover_bl. */
const failedName = 'dns';
const failedSeconds = 240;
/** More of them are not remembered. `Deviation:` OpenSIPS has no bound. */
const mostFailed = 1000;

/** The lists of a config. The first line of a name counts. `remembersFailed`: there is the list `dns`. */
export function createBlacklists(
  config: Config,
  timers: Pick<Timers, 'now'>,
  remembersFailed = false,
): Blacklists {
  const lists = new Map<string, HeldList>();
  if (remembersFailed) lists.set(failedName, { fixed: false, expires: true, byDefault: true, rules: [] });
  for (const item of config.items) {
    if (item.kind === 'Blacklist' && !lists.has(item.name.text)) lists.set(item.name.text, readList(item));
  }
  return new ConfiguredBlacklists(lists, timers, remembersFailed ? lists.get(failedName) : undefined);
}

class ConfiguredBlacklists implements Blacklists {
  readonly #lists: ReadonlyMap<string, HeldList>;
  readonly #timers: Pick<Timers, 'now'>;
  readonly #failed: HeldList | undefined;
  readonly #byDefault: ReadonlySet<string>;
  /** What the script said for a message. */
  readonly #used = new WeakMap<SipMessage, Set<string>>();

  constructor(
    lists: ReadonlyMap<string, HeldList>,
    timers: Pick<Timers, 'now'>,
    failed: HeldList | undefined,
  ) {
    this.#lists = lists;
    this.#failed = failed;
    this.#timers = timers;
    this.#byDefault = new Set([...lists].flatMap(([name, list]) => (list.byDefault ? [name] : [])));
  }

  has(name: string): boolean {
    return this.#lists.has(name);
  }

  matches(name: string, target: BlacklistedTarget): boolean {
    const list = this.#lists.get(name);
    if (!list) return false;
    this.#forgetEnded(list);
    return list.rules.some((rule) => applies(rule, target));
  }

  use({ message }: ScriptRun, used: boolean, name?: string): void {
    const names = this.#used.get(message) ?? new Set(this.#byDefault);
    this.#used.set(message, names);
    for (const each of name === undefined ? this.#lists.keys() : [name]) {
      if (used) names.add(each);
      else names.delete(each);
    }
  }

  blocks(message: SipMessage, target: BlacklistedTarget): boolean {
    const names = this.#used.get(message) ?? this.#byDefault;
    for (const name of names) if (this.matches(name, target)) return true;
    return false;
  }

  add(name: string, rule: BlockRule, seconds: number): Refusal | undefined {
    const list = this.#lists.get(name);
    if (!list) return 'missing';
    if (list.fixed) return 'fixed';
    if (seconds !== 0 && !list.expires) return 'never ends';
    if (list.rules.some((held) => isSame(held, rule))) return undefined;
    const until = seconds === 0 ? undefined : this.#timers.now() + seconds * 1000;
    list.rules.push(hold(rule, until));
    return undefined;
  }

  remove(name: string, rule: BlockRule): Refusal | undefined {
    const list = this.#lists.get(name);
    if (!list) return 'missing';
    if (list.fixed) return 'fixed';
    const left = list.rules.filter((held) => !isSame(held, rule));
    if (left.length === list.rules.length) return 'missing';
    list.rules = left;
    return undefined;
  }

  sendFailed({ protocol, address, port }: Omit<BlacklistedTarget, 'text'>): void {
    const failed = this.#failed;
    const network = parseNetwork(address);
    if (!failed || !network) return;
    this.#forgetEnded(failed);
    if (failed.rules.length >= mostFailed) return;
    this.add(failedName, { network, port, protocol, pattern: '', negated: false }, failedSeconds);
  }

  #forgetEnded(list: HeldList): void {
    if (!list.expires) return;
    const now = this.#timers.now();
    list.rules = list.rules.filter(({ until }) => until === undefined || until > now);
  }
}

/** Without flags nothing can be added (cfg.y: DST_BLACKLIST). */
function readList({ flags, rules }: Blacklist): HeldList {
  const named = (flag: string) => flags.some(({ text }) => text === flag);
  return {
    fixed: flags.length === 0 || named('readonly'),
    expires: named('expire'),
    byDefault: named('default'),
    rules: rules.flatMap((rule) => readRule(rule) ?? []),
  };
}

function readRule({ negated, protocol, network, port, pattern }: BlacklistRule): HeldRule | undefined {
  const parsed = parseNetwork(network.address, network.mask);
  if (!parsed) return undefined;
  const rule: BlockRule = {
    network: parsed,
    port: port?.kind === 'Number' ? port.value : 0,
    protocol: !protocol || protocol.text.toLowerCase() === 'any' ? '' : protocol.text.toLowerCase(),
    pattern: pattern?.value ?? '',
    negated,
  };
  return hold(rule, undefined);
}

function hold(rule: BlockRule, until: number | undefined): HeldRule {
  const fits = rule.pattern === '' ? undefined : globPattern(rule.pattern, { ignoreCase: false });
  return { ...rule, fits, until };
}

/** C: match_bl_rule. */
function applies(rule: HeldRule, target: BlacklistedTarget): boolean {
  const isMeant =
    (rule.port === 0 || rule.port === target.port) &&
    (rule.protocol === '' || rule.protocol === target.protocol) &&
    matchesNetwork(target.address, rule.network) === true &&
    (rule.fits === undefined || rule.fits(target.text()));
  return isMeant !== rule.negated;
}

function isSame(a: BlockRule, b: BlockRule): boolean {
  return (
    a.port === b.port &&
    a.protocol === b.protocol &&
    a.pattern === b.pattern &&
    a.negated === b.negated &&
    isSameNetwork(a.network, b.network)
  );
}

function isSameNetwork(a: Network, b: Network): boolean {
  const masked = ({ address, mask }: Network) =>
    address.map((byte, index) => byte & (mask[index] ?? 0)).join('.');
  return a.mask.join('.') === b.mask.join('.') && masked(a) === masked(b);
}
