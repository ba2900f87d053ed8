interface Departure {
  readonly lines: readonly string[];
  readonly reason: string;
}

const number =
  'a value is a number or a text, never both: {s.int} gives the number, where OpenSIPS keeps the old text for printing';
const removable =
  'del_blacklist_rule finds rules without a pattern, as the manual says; in OpenSIPS 3.6 they stay, and later rows meet them';
const byDefault = 'lists with the flag default count, as the manual says; OpenSIPS 3.6 never sets their mark';
const behind =
  '[insertAfter] puts a line behind the one that is found, as the manual says; OpenSIPS 3.6 looks for the next one that begins so';
const truth =
  'a value is a number or a text, never both: OpenSIPS prints the numbers 1 and 0 of these as true and false';

/** Scripts of the measured files for which tsips writes something else, by what they are. */
export const departures: Readonly<Record<string, Departure>> = {
  '$hdr(Folded)': { lines: ['one two'], reason: 'folded lines are unfolded (RFC 3261 §7.3.1)' },
  '$msg.is_request': { lines: ['1'], reason: truth },
  '$msg.flag': { lines: ['set', '1', '0'], reason: truth },
  '$branch.flag': { lines: ['1|1|0|one'], reason: truth },
  '$branch.flag of the first branch': { lines: ['1|0|1|one'], reason: truth },
  '$branch.flag without index sets the last': { lines: ['1|0|, , , one'], reason: truth },
  '$branch.flag from the end': { lines: ['1|, , , one|0'], reason: truth },
  '$msg.branch.flag': { lines: ['1|1|, one, , '], reason: truth },
  'a list that is used from the start': { lines: ['1'], reason: byDefault },
  add_blacklist_rule: { lines: ['1', '1', '1', '-1', '-1'], reason: removable },
  'add_blacklist_rule of a network': { lines: ['1', '1', '1'], reason: removable },
  'add_blacklist_rule with a mask': { lines: ['1', '1', '1'], reason: removable },
  'add_blacklist_rule turned round': { lines: ['1', '-1', '1', '-1', '1'], reason: removable },
  'add_blacklist_rule with port and protocol': {
    lines: ['1', '1', '-1', '-1', '-1', '1'],
    reason: removable,
  },
  'add_blacklist_rule with a pattern': { lines: ['1', '1', '-1', '-1', '1'], reason: removable },
  'add_blacklist_rule that ends': { lines: ['1', '1', '1'], reason: removable },
  'add_blacklist_rule twice': { lines: ['1', '1', '-1'], reason: removable },
  'a line of a stream by number': {
    lines: [
      'm=video 51372 RTP/AVP 31 32|a=rtpmap:31 H261/90000|c=IN IP4 192.0.2.2|<null>|m=audio 50000 RTP/AVP 3|<null>',
    ],
    reason: 'OpenSIPS shows the line behind the last one of a stream as one of it',
  },
  'a line is inserted behind': {
    lines: [
      '1|v=0',
      'o=alice 1 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'b=AS:64',
      'a=sendrecv',
      'm=audio 49170 RTP/AVP 0 8 97',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:97 iLBC/8000',
      'a=ptime:20',
      'm=video 51372 RTP/AVP 31 32',
      'a=rtpmap:31 H261/90000',
      'c=IN IP4 192.0.2.2',
      'm=audio 50000 RTP/AVP 3',
    ],
    reason: behind,
  },
  'a line is inserted at the end of the session': {
    lines: ['1|a=new|a=new|m=audio 49170 RTP/AVP 0 8 97'],
    reason: behind,
  },
  'a line of a stream is inserted': {
    lines: ['1|a=rtpmap:31 H261/90000|a=new|c=IN IP4 192.0.2.2'],
    reason: behind,
  },
  'a slash in the name': {
    lines: ['a=rtpmap:8 PCMA/8000|PCMA/8000'],
    reason: 'OpenSIPS forgets the choice of a word that ends in a slash',
  },
  'subscribe_event twice': {
    lines: ['1', 'event other'],
    reason: 'one subscription of a route to an event; OpenSIPS tells it twice',
  },
  'a token is set': {
    lines: ['-1|49170|m=audio 49170 RTP/AVP 0 8 97'],
    reason: 'OpenSIPS says that it was, and changes nothing',
  },
  '"Hello, World" {s.int}': { lines: ['[0]'], reason: number },
  '"123abc" {s.int}': { lines: ['[123]'], reason: number },
  '"abc" {s.int}': { lines: ['[0]'], reason: number },
  '" 12" {s.int}': { lines: ['[0]'], reason: number },
  '"0x1f" {s.int}': { lines: ['[0]'], reason: number },
  '"99999999999" {s.int}': { lines: ['[1215752191]'], reason: number },
  '"+7" {s.int}': { lines: ['[7]'], reason: number },
  'a NULL inside a text argument': {
    lines: ['1|<null>'],
    reason: 'angle brackets stand in no URI (RFC 3261 §25.1), so the URI cannot be read any more',
  },
  'digits as integer argument': {
    lines: ['1|ob'],
    reason: '2.x functions take digits for integers, so all do here',
  },
  'pattern (a)\\1': {
    lines: ['aab no', 'abc no', 'AB-] no', 'x{1} a.b no', 'w5 no'],
    reason: 'a back-reference is an error: no engine that has them keeps to linear time',
  },
  'a negative strip': { lines: ['1|bob'], reason: 'OpenSIPS copies the bytes in front of the user in' },
  'a copy of the port': {
    lines: ['integer', 'text'],
    reason: 'a value is a number or a text, never both: a port is a number, in OpenSIPS its copy is a text',
  },
  '$rU with an integer': {
    lines: ['1|sip:5@example.com:5070;transport=udp'],
    reason:
      'numbers that are constants or results may be used as text, as those of variables may in OpenSIPS',
  },
  '$rU with the result of a sum': {
    lines: ['1|sip:10@example.com:5070;transport=udp'],
    reason:
      'numbers that are constants or results may be used as text, as those of variables may in OpenSIPS',
  },
  '"rubbish" {nameaddr.uri}': { lines: ['[<null>]'], reason: 'a URI has a scheme (RFC 3261 §25.1)' },
  '"<sip:a@b>" {nameaddr.len}': {
    lines: ['[9]'],
    reason: 'OpenSIPS counts the line end that it puts behind an address without parameters',
  },
};
