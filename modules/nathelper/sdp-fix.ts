import type { ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { spelt } from './addresses.ts';
import { EditedBody } from './edited-body.ts';
import type { Flags, sdpFlagNames } from './named-flags.ts';
import { isNullAddress, type SdpAddress, sdpAddresses } from './sdp-addresses.ts';
import { type SdpBody, sdpBodies } from './sdp-bodies.ts';

type SdpFlag = (typeof sdpFlagNames)[number];

export interface SdpFixSettings {
  readonly log: ModuleHost['log'];
  /** The line for add-no-rtpproxy; '' for none. */
  readonly mark: string;
  /** What addresses were before is not written: `c` the media's, `o` the origin's. */
  readonly skipOld: ReadonlySet<string>;
}

export interface SdpFix {
  readonly flags: Flags<SdpFlag>;
  /** Undefined: where the message came from. */
  readonly address: string | undefined;
  /** More lines, each with its line end in front. */
  readonly lines: string;
}

/** fix_nated_sdp(). False where there is no body, no address to be replaced, or one of IPv6. */
export function fixSdp({ message, source }: ScriptRun, fix: SdpFix, settings: SdpFixSettings): boolean {
  const bodies = sdpBodies(message);
  if (!bodies) {
    settings.log.error('fix_nated_sdp_f', 'Unable to get bodies from message');
    return false;
  }
  const address = fix.address ?? spelt(source.remoteAddress);
  const edited = new EditedBody(message);
  const fixed = bodies.every((body) => new BodyFix(edited, body, { ...fix, address }, settings).apply());
  edited.write();
  return fixed;
}

class BodyFix {
  readonly #edited: EditedBody;
  readonly #body: SdpBody;
  readonly #fix: SdpFix & { readonly address: string };
  readonly #settings: SdpFixSettings;

  constructor(
    edited: EditedBody,
    body: SdpBody,
    fix: SdpFix & { readonly address: string },
    settings: SdpFixSettings,
  ) {
    this.#edited = edited;
    this.#body = body;
    this.#fix = fix;
    this.#settings = settings;
  }

  apply(): boolean {
    const { flags } = this.#fix;
    this.#addLines();
    if (flags.has('rewrite-origin-ip') && !this.#rewrite('o=')) return false;
    return !flags.has('rewrite-media-ip') || this.#rewrite('c=');
  }

  /** The lines of the script go along with one of the two flags that add lines alone, as in OpenSIPS. */
  #addLines(): void {
    const { flags, lines } = this.#fix;
    const active = flags.has('add-dir-active') ? '\r\na=direction:active' : '';
    const { mark } = this.#settings;
    const noProxy = flags.has('add-no-rtpproxy') && mark !== '' ? `\r\n${mark}` : '';
    const more = flags.has('add-dir-active') || flags.has('add-no-rtpproxy') ? lines : '';
    this.#append(more + noProxy + active);
  }

  #rewrite(kind: 'c=' | 'o='): boolean {
    const { log } = this.#settings;
    const addresses = sdpAddresses(this.#body.text, kind);
    let found = 0;
    for (let next = addresses.next(); ; next = addresses.next()) {
      if (next.done) {
        if (next.value === 'no-address') log.error('extract_mediaip', `no \`IP[4|6]' in \`${kind}' field`);
        if (found === 0) log.error('replace_sdp_ip', `can't extract '${kind}' IP from the SDP`);
        return found > 0;
      }
      if (next.value.family !== 4) {
        log.error('replace_sdp_ip', `not an IPv4 address in '${kind}' SDP`);
        return false;
      }
      found++;
      this.#replace(next.value, kind);
    }
  }

  /**
   * Deviation: a second call takes the place of the first, and says only once what the address was; OpenSIPS writes one
   * address behind the other then. An address of IPv6 changes IP4 into IP6 (RFC 8866 §5.7), which OpenSIPS leaves.
   */
  #replace(old: SdpAddress, kind: 'c=' | 'o='): void {
    const { address, flags } = this.#fix;
    if (isNullAddress(old) && !flags.has('rewrite-null-ips')) return;
    const { start } = this.#body;
    const before = this.#edited.replacement(start + old.familyStart, start + old.end);
    const text = address.includes(':')
      ? `IP6 ${address}`
      : `${this.#body.text.slice(old.familyStart, old.start)}${address}`;
    if (before) {
      before.text = text;
      return;
    }
    if (address === old.text) return;
    const field = kind === 'c=' ? 'c' : 'o';
    if (!this.#settings.skipOld.has(field)) this.#append(`\r\na=old${field}ip:${old.text}`);
    this.#edited.replace(start + old.familyStart, start + old.end, text);
  }

  #append(lines: string): void {
    const end = this.#body.start + this.#body.text.length;
    if (lines !== '') this.#edited.replace(end, end, lines);
  }
}
