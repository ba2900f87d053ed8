import { existsSync } from 'node:fs';

/** What a server has to do. */
export interface Wanted {
  readonly protocol: 'ws' | 'wss';
  /** Answers every request 200, or passes each on to its Request-URI. */
  readonly script: 'answer' | 'pass';
  /** Lets the server keep connections alive by pings (tsips) or by TCP. Default: as it is by default. */
  readonly keepalive?: boolean;
}

interface ConfigPlace {
  readonly port: number;
  readonly certificate: string;
  readonly key: string;
  /** The folder of OpenSIPS's modules; absent: the config is for tsips. */
  readonly mpath?: string;
}

const scripts: Readonly<Record<Wanted['script'], string>> = {
  answer:
    'if (is_method("OPTIONS")) {\n\t\tsl_send_reply(200, "OK");\n\t\texit;\n\t}\n\tsl_send_reply(405, "No");',
  pass: 'if (is_method("MESSAGE")) {\n\t\tforward();\n\t\texit;\n\t}\n\tsl_send_reply(405, "No");',
};

/** One config for both programs, but for the place of the modules. */
export function configOf(wanted: Wanted, place: ConfigPlace): string {
  const { protocol, script } = wanted;
  const { port, certificate, key, mpath } = place;
  const load = (name: string) => `loadmodule "${moduleFile(name, mpath)}"\n`;
  const tls =
    protocol === 'ws'
      ? ''
      : `${load('tls_openssl')}${load('tls_mgm')}modparam("tls_mgm", "server_domain", "bench")
modparam("tls_mgm", "certificate", "[bench]${certificate}")
modparam("tls_mgm", "private_key", "[bench]${key}")
modparam("tls_mgm", "verify_cert", "[bench]0")
modparam("tls_mgm", "require_cert", "[bench]0")
`;
  return `log_level=1
stderror_enabled=yes
syslog_enabled=no
udp_workers=1
tcp_workers=1
tcp_max_connections=20000
tcp_socket_backlog=4096
tcp_connection_lifetime=3600
open_files_limit=20000
socket=${protocol}:127.0.0.1:${port}
${load('sl')}${load('sipmsgops')}${tls}${load(`proto_${protocol}`)}${keepalive(wanted, mpath)}
route {
	${scripts[script]}
}
`;
}

/** In the folder of an installation, or in that of a build. */
function moduleFile(name: string, mpath: string | undefined): string {
  if (mpath === undefined) return `${name}.so`;
  const flat = `${mpath}/${name}.so`;
  return existsSync(flat) ? flat : `${mpath}/${name}/${name}.so`;
}

function keepalive({ protocol, keepalive: wanted }: Wanted, mpath: string | undefined): string {
  if (wanted === undefined) return '';
  if (mpath !== undefined) return `tcp_keepalive=${wanted ? 1 : 0}\n`;
  return `modparam("proto_${protocol}", "${protocol}_ping_interval", ${wanted ? 10_000 : 0})\n`;
}
