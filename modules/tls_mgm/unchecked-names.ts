import type { Logger } from '../../runtime/module-exports.ts';

/** Tells once for each client domain that the names in certificates are not compared with anything. */
export class UncheckedNames {
  readonly #told = new Set<string>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** `server`: the first one of which nothing but its address is known. */
  tell(domain: string, server: string): void {
    if (this.#told.has(domain)) return;
    this.#told.add(domain);
    const why = `${server} is known by its address alone, so that no name in its certificate can be compared`;
    const meaning = 'every certificate of an authority in ca_list or ca_dir passes, whoever has it';
    const cure = `send to a host name, set client_sip_domain_avp, or silence this with verify_hostname "[${domain}]0"`;
    this.#log.warning('tls_connect', `TLS domain ${domain}: ${why}: ${meaning}. To mend it, ${cure}`);
  }
}
