import type { Command, CommandSignature, ScriptRun, ScriptValue } from '../../module-exports.ts';
import { textOf } from '../../variables/text.ts';
import { changeUri, maxUriLength, type UriChange } from '../../variables/uri-edit.ts';
import type { ScriptEnvironment } from '../environment.ts';

const text = (name: string, description: string, until?: string): CommandSignature => ({
  params: ['s'],
  paramNames: [name],
  routes: '*',
  description,
  ...(until && { until }),
});

const bare = (description: string, until?: string): CommandSignature => ({
  params: [],
  routes: '*',
  description,
  ...(until && { until }),
});

const count = (description: string): CommandSignature => ({
  params: ['i'],
  paramNames: ['count'],
  routes: '*',
  description,
});

export const uriSignatures: Readonly<Record<string, CommandSignature>> = {
  sethost: text('host', 'changes the host of the Request-URI'),
  seth: text('host', 'sethost', '3.0'),
  rewritehost: text('host', 'sethost', '3.2'),
  sethostport: text('host:port', 'changes host and port of the Request-URI'),
  sethp: text('host:port', 'sethostport', '3.0'),
  rewritehostport: text('host:port', 'sethostport', '3.2'),
  setuser: text('user', 'changes the user of the Request-URI'),
  setu: text('user', 'setuser', '3.0'),
  rewriteuser: text('user', 'setuser', '3.2'),
  setuserpass: text('user:password', 'changes user and password of the Request-URI'),
  setup: text('user:password', 'setuserpass', '3.0'),
  rewriteuserpass: text('user:password', 'setuserpass', '3.2'),
  setport: text('port', 'changes the port of the Request-URI'),
  setp: text('port', 'setport', '3.0'),
  rewriteport: text('port', 'setport', '3.2'),
  seturi: text('uri', 'replaces the Request-URI'),
  rewriteuri: text('uri', 'seturi', '3.2'),
  prefix: text('prefix', 'puts a text in front of the user of the Request-URI'),
  strip: count('takes characters off the front of the user'),
  strip_tail: count('takes characters off the end of the user'),
  revert_uri: bare('puts the received Request-URI back'),
  setdsturi: text('uri', 'sets the next hop'),
  setduri: text('uri', 'setdsturi', '3.0'),
  resetdsturi: bare('forgets the next hop'),
  resetduri: bare('resetdsturi', '3.0'),
  isdsturiset: bare('true where a next hop is set'),
  isduriset: bare('isdsturiset', '3.0'),
};

type TextPart = Extract<UriChange, { text: string }>['part'];
type CountPart = Extract<UriChange, { count: number }>['part'];

export function uriCommands({ log }: ScriptEnvironment): Readonly<Record<string, Command>> {
  const rewrite = (run: ScriptRun, change: UriChange): boolean => {
    const changed = changeUri(run.message.requestUri, change);
    if (changed === undefined) {
      log.error('rewrite_ruri', `bad uri <${run.message.requestUri}>, it stays as it is`);
      return false;
    }
    run.message.requestUri = changed;
    return true;
  };
  const withText =
    (part: TextPart): Command =>
    (run, value) =>
      rewrite(run, { part, text: textOf(value ?? null) });
  const withCount =
    (part: CountPart): Command =>
    (run, value) => {
      const asked = Number(value ?? 0);
      return rewrite(run, { part, count: asked });
    };
  const setUri = (run: ScriptRun, value: ScriptValue = null) => {
    const uri = textOf(value);
    if (uri.length > maxUriLength) return false;
    run.message.requestUri = uri === '' ? run.message.originalUri : uri;
    return true;
  };
  const setNextHop = (run: ScriptRun, value: ScriptValue = null) => {
    const uri = textOf(value);
    run.message.destinationUri = uri === '' ? undefined : uri;
    return true;
  };
  const resetNextHop = (run: ScriptRun) => {
    run.message.destinationUri = undefined;
  };
  const hasNextHop = (run: ScriptRun) => run.message.destinationUri !== undefined;

  return {
    sethost: withText('host'),
    seth: withText('host'),
    rewritehost: withText('host'),
    sethostport: withText('hostport'),
    sethp: withText('hostport'),
    rewritehostport: withText('hostport'),
    setuser: withText('user'),
    setu: withText('user'),
    rewriteuser: withText('user'),
    setuserpass: withText('userpass'),
    setup: withText('userpass'),
    rewriteuserpass: withText('userpass'),
    setport: withText('port'),
    setp: withText('port'),
    rewriteport: withText('port'),
    prefix: withText('prefix'),
    strip: withCount('strip'),
    strip_tail: withCount('strip_tail'),
    seturi: setUri,
    rewriteuri: setUri,
    revert_uri: (run) => {
      run.message.requestUri = run.message.originalUri;
    },
    setdsturi: setNextHop,
    setduri: setNextHop,
    resetdsturi: resetNextHop,
    resetduri: resetNextHop,
    isdsturiset: hasNextHop,
    isduriset: hasNextHop,
  };
}
