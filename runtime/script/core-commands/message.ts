import type { Command, CommandSignature, PreparedArgument } from '../../module-exports.ts';
import { textOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { hostIsMyself } from '../myself.ts';

const bare = (description: string, until?: string): CommandSignature => ({
  params: [],
  routes: '*',
  description,
  ...(until && { until }),
});

export const messageSignatures: Readonly<Record<string, CommandSignature>> = {
  force_rport: bare('replies go to the port that the request came from (RFC 3581)'),
  add_rport: bare('force_rport', '3.0'),
  is_myself: {
    params: ['s', 'i?'],
    paramNames: ['host', 'port'],
    routes: '*',
    since: '2.4',
    description: 'true for a host (and port) that this host listens on',
  },
  pv_printf: {
    params: ['v', 's'],
    paramNames: ['variable', 'text'],
    routes: '*',
    description: 'sets a variable to a text with variables',
  },
  avp_printf: { params: ['v', 's'], routes: '*', until: '3.0', description: 'pv_printf' },
  construct_uri: {
    params: ['s', 's?', 's', 's?', 's?', 'v'],
    paramNames: ['protocol', 'user', 'domain', 'port', 'parameters', 'result'],
    routes: '*',
    description: 'makes a URI of its parts',
  },
  get_timestamp: {
    params: ['v', 'v'],
    paramNames: ['seconds', 'microseconds'],
    routes: '*',
    description: 'the time of day in two variables',
  },
  avp_print: {
    params: [],
    routes: '*',
    since: '3.5',
    description: 'shows all AVPs in the log at debug level',
  },
};

export function messageCommands(environment: ScriptEnvironment): Readonly<Record<string, Command>> {
  const { log } = environment;
  const forceRport: Command = (run) => {
    run.message.forceRport = true;
  };
  const printTo: Command = {
    prepare:
      ([variable, text]) =>
      (run) => {
        variable?.assign(run, textOf(text?.evaluate(run) ?? null));
        return 1;
      },
  };
  return {
    force_rport: forceRport,
    add_rport: forceRport,
    is_myself: (_run, host, port) => hostIsMyself(environment, textOf(host ?? null), Number(port ?? 0)),
    pv_printf: printTo,
    avp_printf: printTo,
    construct_uri: { prepare: (args) => constructUri(args) },
    get_timestamp: {
      prepare:
        ([seconds, microseconds]) =>
        (run) => {
          const now = Date.now();
          seconds?.assign(run, Math.floor(now / 1000) | 0);
          microseconds?.assign(run, (now % 1000) * 1000);
          return 1;
        },
    },
    avp_print: (run) => {
      if (!log.debugOn) return;
      for (const [name, values] of run.avps) {
        for (const value of values)
          log.debug('print_avp', `p=${name}, value ${value === null ? '<null>' : value}`);
      }
    },
  };
}

function constructUri(
  args: readonly PreparedArgument[],
): ReturnType<Extract<Command, { prepare: unknown }>['prepare']> {
  const result = args[5];
  return (run) => {
    const [protocol = '', user = '', domain = '', port = '', params = ''] = args
      .slice(0, 5)
      .map((argument) => textOf(argument.evaluate(run)));
    if (protocol === '' || domain === '') return 1;
    const userinfo = user === '' ? '' : `${user}@`;
    const portText = port === '' ? '' : `:${port}`;
    result?.assign(run, `${protocol}:${userinfo}${domain}${portText}${params === '' ? '' : `;${params}`}`);
    return 1;
  };
}
