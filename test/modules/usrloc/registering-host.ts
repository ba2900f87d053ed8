import type { UserLocation } from '../../../modules/usrloc/user-location.ts';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';

/** A host with usrloc and registrar whose time a test moves; REGISTERs are handed in without a socket. */
export interface RegisteringHost {
  readonly host: Host;
  readonly clock: VirtualClock;
  readonly log: CollectedLog;
  readonly location: UserLocation;
  /** The answer to a REGISTER of that user. */
  register(user: string, ...lines: readonly string[]): Promise<string>;
  /** The Request-URI and the branches that lookup() finds, with blanks between them; '' where it finds nobody. */
  lookup(user: string): Promise<string>;
  /** What route[INFO] answers as X-Info, by the user that it is asked of. */
  info(user: string): Promise<string>;
  statistic(name: string): number | undefined;
}

interface Options {
  readonly params?: readonly string[];
  readonly modules?: readonly string[];
  readonly routes?: string;
  readonly version?: string;
  readonly clock?: VirtualClock;
}

const baseModules = ['proto_udp', 'sl', 'signaling', 'sipmsgops', 'usrloc', 'registrar'];

export async function registeringHost(options: Options = {}): Promise<RegisteringHost> {
  const { params = [], modules = [], routes = '', version = '3.6', clock = new VirtualClock() } = options;
  const log = collectLog();
  const config = `
log_level=2
${version.startsWith('2.') ? 'listen' : 'socket'}=udp:127.0.0.1:5060
${[...modules, ...baseModules].map((name) => `loadmodule "${name}.so"`).join('\n')}
${params.join('\n')}
route {
	if (is_method("REGISTER")) {
		save("location");
		exit;
	}
	${routes.includes('route[INFO]') ? 'if (is_method("INFO")) { route(INFO); sl_send_reply(200, "OK"); exit; }' : ''}
	if (!lookup("location")) {
		sl_send_reply(${version.startsWith('2.') ? '"404"' : '404'}, "Not Found");
		exit;
	}
	append_to_reply("X-Found: $ru $(branch(uri)[0])\\r\\n");
	sl_send_reply(${version.startsWith('2.') ? '"200"' : '200'}, "OK");
}
${routes}
`;
  const host = await hostOf(config, { log: log.log, version, clock });
  await host.start();
  const location = host.api<UserLocation>('usrloc');
  if (!location) throw new Error('usrloc is not there');
  let messages = 0;
  const answerTo = async (text: string) => {
    const sent = host.inject(text);
    for (let turn = 0; sent.length === 0 && turn < 1000; turn++) await new Promise(setImmediate);
    return sent[0] ?? '';
  };
  return {
    host,
    clock,
    log,
    location,
    register: (user, ...lines) => answerTo(request('REGISTER', user, ++messages, lines)),
    async lookup(user) {
      const answer = await answerTo(request('OPTIONS', user, ++messages, []));
      return /X-Found: (.*)/.exec(answer)?.[1]?.replace(' <null>', '').trim() ?? '';
    },
    async info(user) {
      const answer = await answerTo(request('INFO', user, ++messages, []));
      return /X-Info: (.*)/.exec(answer)?.[1]?.trim() ?? '';
    },
    statistic: (name) => host.statistics.get(`usrloc:${name}`),
  };
}

function request(method: string, user: string, id: number, lines: readonly string[]): string {
  const hasCallId = lines.some((line) => line.startsWith('Call-ID'));
  return [
    `${method} sip:${user}@example.com SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKul${id}`,
    'Max-Forwards: 70',
    `From: <sip:${user}@example.com>;tag=f${id}`,
    `To: <sip:${user}@example.com>`,
    ...(hasCallId ? [] : [`Call-ID: ul-${id}`]),
    `CSeq: ${id} ${method}`,
    ...lines,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
