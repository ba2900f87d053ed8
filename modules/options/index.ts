import type {
  Manifest,
  ModuleFactory,
  ModuleHost,
  ParamSchema,
  ScriptRun,
} from '../../runtime/module-exports.ts';

function headerParam(header: string, value: string): ParamSchema {
  return { type: 'string', description: `The value of ${header}; none where it is empty.`, default: value };
}

export const manifest = {
  name: 'options',
  description: 'Answers OPTIONS requests to this host.',
  dependencies: [{ module: 'signaling', missing: 'abort' }],
  commands: {
    options_reply: {
      params: [],
      routes: ['R'],
      description:
        'Answers an OPTIONS request without a user with 200 and ends the script; false for any other.',
    },
  },
  params: {
    accept: headerParam('Accept', '*/*'),
    accept_encoding: headerParam('Accept-Encoding', ''),
    accept_language: headerParam('Accept-Language', 'en'),
    support: headerParam('Supported', ''),
  },
} as const satisfies Manifest;

/** What signaling offers; structurally the type of its api. */
interface Replies {
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

const createModule: ModuleFactory = (host) => {
  const { log, routing } = host;
  const headers = headersOf(host.params);
  let replies: Replies | undefined;

  const whyNot = ({ message }: ScriptRun): string | undefined => {
    if (message.method !== 'OPTIONS') return 'called for non-OPTIONS request';
    const uri = routing.uri(message.requestUri);
    if (!uri) return 'ERROR while parsing the R-URI';
    return uri.user === '' ? undefined : 'ruri contains username';
  };

  return {
    commands: {
      options_reply(run) {
        const reason = whyNot(run);
        if (reason !== undefined) {
          log.error('opt_reply', reason);
          return false;
        }
        run.message.edits.appendToReply(headers);
        return replies?.reply(run, 200, 'OK') ? 0 : -1;
      },
    },
    init() {
      log.info('mod_init', 'initializing...');
      replies = host.bind<Replies>('signaling');
    },
  };
};

export default createModule;

function headersOf(params: ModuleHost['params']): string {
  const lines = [
    ['Accept', params.accept],
    ['Accept-Encoding', params.accept_encoding],
    ['Accept-Language', params.accept_language],
    ['Supported', params.support],
  ] as const;
  return lines
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
