/** What the script is told of calls, and what is accounted of them, as OpenSIPS 3.6 has it. */

import { measuredFlows } from '../measured-flows.ts';

const endOfCall =
  'xlog : ACC: call ended: created=<now>;call_start_time=<now>;duration=<n>;ms_duration=<n>;setuptime=<n>;method=INVITE;from_tag=alice-c;to_tag=bob-c;call_id=c;code=200;reason=Fine;x=';
const eventOfEnd =
  'xlog : EVCDR 1=INVITE 2=alice-c 3=bob-c 4=c 5=200 6=Fine 7=<now> 8= 9=<n> 10=<n> 11=<n> 12=<now> dur=<n> ms=<n> set=<n> cr=<now> x=';

function replaceLast(lines: readonly string[], line: string, by: string): readonly string[] {
  return lines.toSpliced(lines.lastIndexOf(line), 1, by);
}

measuredFlows('dialog', {
  modules: () => ['proto_udp', 'tm', 'sl', 'rr', 'sipmsgops', 'dialog', 'acc'],
  shown: /^(?:xlog|acc|dialog) /,
  plain: (line) =>
    line
      .replace(/127\.0\.0\.1:\d+/g, '<address>')
      .replace(/\b1\d{9}\b/g, '<now>')
      .replace(/\b[0-9a-f]{1,3}\.[0-9a-f]{1,8}\b/g, '<did>')
      .replace(/ (2)=\d+ /, ' $1=<number> ')
      .replace(/((?:life|count|ms_duration|duration|setuptime|dur|ms|set|9|10|11)=)\d+/g, '$1<n>')
      .replace(/timeout=(?:600|59\d)\b/, 'timeout=<600>')
      .replace(/timeout=[12]\b/, 'timeout=<2>')
      .replace(/timeout=7[67]\b/, 'timeout=<77>'),
  event: /^xlog : (?:STATE|EVCDR) /,
  departure(user, lines) {
    // Deviation: a dialog counts once for a value, however often it was set.
    if (user === 'dlg.prof') return replaceLast(lines, 'xlog : P 1 2', 'xlog : P 1 1');
    // Deviation: a call that no BYE ends has its record too.
    if (user === 'cdr.short.dlg') return [...lines, endOfCall, eventOfEnd];
    return lines;
  },
});
