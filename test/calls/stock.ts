import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sample configs of OpenSIPS, which are GPL and stay outside of the repository. */
const folder =
  process.env.TSIPS_SAMPLE_CONFIGS ?? fileURLToPath(new URL('../../../../shared/configs/', import.meta.url));

export interface StockScript {
  readonly name: string;
  /** `2.4`. */
  readonly version: string;
  /** One character a byte. */
  readonly text: string;
}

/** The residential scripts as they are shipped and as menuconfig makes them; why there are none. */
export function stockScripts(): readonly StockScript[] | string {
  if (!existsSync(folder)) return 'no sample configs here (../shared/configs, or TSIPS_SAMPLE_CONFIGS)';
  return readdirSync(folder).flatMap((name) => {
    const version = /^(?:etc_opensips\.cfg__|menuconfig_residential_default_)(2\.\d|[34]\.\d|master)__/.exec(
      name,
    )?.[1];
    return version === undefined ? [] : [{ name, version, text: readFileSync(join(folder, name), 'latin1') }];
  });
}

/** The same script with a socket of every way behind its own, and the modules for them. */
export function withListeners({ text, version }: StockScript): string {
  const key = /^2\./.test(version) || version === '3.0' ? 'listen' : 'socket';
  const socket = /^(listen|socket)=udp:127\.0\.0\.1:5060.*$/m;
  const others = ['tcp:127.0.0.1:5060', 'ws:127.0.0.1:8080'].map((each) => `${key}=${each}`);
  const modules = ['tcp', 'ws'].map((protocol) => `loadmodule "proto_${protocol}.so"`);
  return text
    .replace(socket, (line) => [line, ...others].join('\n'))
    .replace(/^loadmodule "signaling.so"$/m, (line) => [...modules, line].join('\n'));
}
