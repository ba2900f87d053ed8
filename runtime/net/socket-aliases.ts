import type { Config } from '../../grammar/index.ts';
import type { ListenSocket } from '../module-exports.ts';
import { familyOf } from './addresses.ts';
import type { SystemNetwork } from './system-network.ts';

/** A name that means this host. */
export interface SocketAlias {
  /** `*`: any. */
  readonly protocol: string;
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** Its subdomains mean this host too. */
  readonly acceptSubdomain?: boolean;
}

/** The newest comes first, as OpenSIPS keeps and prints them. */
export class AliasList {
  readonly #aliases: SocketAlias[] = [];

  get all(): readonly SocketAlias[] {
    return this.#aliases;
  }

  add(protocol: string, host: string, port: number, acceptSubdomain = false): void {
    const known = this.#aliases.some(
      (alias) => alias.protocol === protocol && alias.host === host && alias.port === port,
    );
    if (!known) this.#aliases.unshift({ protocol, host, port, ...(acceptSubdomain && { acceptSubdomain }) });
  }
}

/** `alias = …` lines, in their order. */
export function addConfigAliases(config: Config, list: AliasList): void {
  for (const item of config.items) {
    if (item.kind !== 'AliasDefinition') continue;
    for (const { protocol, host, port, acceptSubdomain } of item.aliases) {
      const number = port === undefined || port.kind === 'Name' ? 0 : port.value;
      list.add(protocol?.text.toLowerCase() ?? '*', host.text, number, acceptSubdomain);
    }
  }
}

/** auto_aliases: the names that addresses have. Answers those that have none. */
export async function addReverseNames<Plan extends { readonly listen: ListenSocket }>(
  plans: readonly Plan[],
  list: AliasList,
  network: Pick<SystemNetwork, 'reverse'>,
): Promise<readonly Plan[]> {
  const byAddress = plans.filter(({ listen }) => familyOf(listen.host) !== 0);
  const names = await Promise.all(byAddress.map(({ listen }) => network.reverse(listen.address)));
  return byAddress.filter(({ listen }, at) => {
    const name = names[at];
    if (name !== undefined) list.add(listen.protocol, name, listen.port);
    return name === undefined;
  });
}
