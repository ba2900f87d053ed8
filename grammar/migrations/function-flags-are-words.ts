import type { Argument, Call } from '../ast.ts';
import { done, left, type MigrationRule, own, type Step } from './tools/context.ts';
import { dialogWords, ofBits, ofLetters, type Words } from './tools/flag-words.ts';

const saveWords = ofLetters(/[mrsvfo]|p[012]|[ceE]\d*/, {
  m: 'memory-only',
  r: 'no-reply',
  s: 'socket-header',
  v: 'path-received',
  f: 'force-registration',
  o: 'only-request-contacts',
  p0: 'path-off',
  p1: 'path-lazy',
  p2: 'path-strict',
  c: 'max-contacts=',
  e: 'min-expires=',
  E: 'max-expires=',
});
const lookupWords = ofLetters(/[mbgrieYo]|y\d*|u\/[^/]*\//, {
  m: 'method-filtering',
  b: 'no-branches',
  g: 'global',
  r: 'branch',
  o: 'to-branches-only',
  i: 'case-insensitive',
  e: 'extended-regexp',
  Y: 'sort-by-latency',
  y: 'max-ping-latency=',
  u: 'ua-filtering=',
});
const relayWords = ofBits(undefined, 'no-auto-477', 'no-dns-failover', 'pass-reason-hdr', 'allow-no-cancel');

/** Which argument of a function has flags, and their words; since 3.4 where nothing else is said. */
const functions: Readonly<
  Record<string, { readonly place: number; readonly words: Words; readonly since?: string }>
> = {
  www_challenge: { place: 1, words: qop, since: '3.1' },
  proxy_challenge: { place: 1, words: qop, since: '3.1' },
  t_relay: { place: 0, words: relayWords },
  t_replicate: { place: 1, words: relayWords },
  nat_uac_test: {
    place: 0,
    words: ofBits(
      'private-contact',
      'diff-ip-src-via',
      'private-via',
      'private-sdp',
      'diff-port-src-via',
      'diff-ip-src-contact',
      'diff-port-src-contact',
      'carrier-grade-nat',
    ),
  },
  fix_nated_sdp: {
    place: 0,
    words: ofBits(
      'add-dir-active',
      'rewrite-media-ip',
      'add-no-rtpproxy',
      'rewrite-origin-ip',
      'rewrite-null-ips',
    ),
  },
  save: { place: 1, words: saveWords },
  mid_registrar_save: { place: 1, words: saveWords },
  lookup: { place: 1, words: lookupWords },
  mid_registrar_lookup: { place: 1, words: lookupWords },
  b2b_init_request: {
    place: 1,
    words: ofLetters(/t\d+|[ap]/, { t: 'setup-timeout=', a: 'transparent-auth', p: 'preserve-to' }),
  },
  b2b_bridge: {
    place: 3,
    words: ofLetters(/t\d+|[nf]/, { t: 'max_duration=', n: 'notify', f: 'rollback-failed' }),
  },
  create_dialog: { place: 0, words: dialogWords, since: '4.0' },
  set_dlg_flag: { place: 0, words: dialogFlag },
  reset_dlg_flag: { place: 0, words: dialogFlag },
  is_dlg_flag_set: { place: 0, words: dialogFlag },
  test_and_set_dlg_flag: { place: 0, words: dialogFlag },
};

/** Every number but 0 asked for auth. */
function qop(text: string): readonly string[] | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  return Number(text) === 0 ? [] : ['auth'];
}

function dialogFlag(text: string): readonly string[] | undefined {
  return /^\d+$/.test(text) ? [`FLAG_${Number(text)}`] : undefined;
}

/** Flags of functions are words since 3.4: t_relay("no-dns-failover"), nat_uac_test("private-via,…"), save(…, "path-lazy"). */
export const functionFlagsAreWords: MigrationRule = (context) =>
  context.script.calls.flatMap(({ call }) => {
    const flags = own(functions, call.name.text);
    const argument = flags && call.arguments[flags.place];
    if (!flags || !argument || !context.reaches(flags.since ?? '3.4')) return [];
    return inWords(call, argument, flags.words);
  });

function inWords(call: Call, argument: Argument, wordsOf: Words): readonly Step[] {
  if (argument.kind !== 'String' && argument.kind !== 'Number') return [];
  const text = argument.kind === 'String' ? argument.value : String(argument.value);
  const words = wordsOf(text);
  if (words === undefined) {
    if (!/^(?:0x)?\d+$/.test(text)) return [];
    return [left(call.span, `${call.name.text} has its flags as words`, `write the words for ${text}`)];
  }
  if (words.length === 0 && argument !== call.arguments[0]) {
    const before = call.arguments[call.arguments.indexOf(argument) - 1];
    const start = before?.span.end ?? argument.span.start;
    const isLast = argument === call.arguments.at(-1);
    const span = isLast ? { start, end: argument.span.end } : argument.span;
    return [done(argument.span, `${text} is no flag`, { span, text: '' })];
  }
  const now = words.length === 0 ? '' : `"${words.join(',')}"`;
  return [
    done(argument.span, `flags are words: ${text} is ${now || 'none'}`, { span: argument.span, text: now }),
  ];
}
