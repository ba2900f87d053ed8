interface Departure {
  readonly lines: readonly string[];
  readonly reason: string;
}

const number =
  'a value is a number or a text, never both: {s.int} gives the number, where OpenSIPS keeps the old text for printing';
const truth =
  'a value is a number or a text, never both: OpenSIPS prints the numbers 1 and 0 of these as true and false';

/** Scripts of measured.json for which tsips writes something else, by what they are. */
export const departures: Readonly<Record<string, Departure>> = {
  '$hdr(Folded)': { lines: ['one two'], reason: 'folded lines are unfolded (RFC 3261 §7.3.1)' },
  '$msg.is_request': { lines: ['1'], reason: truth },
  '$msg.flag': { lines: ['set', '1', '0'], reason: truth },
  '"Hello, World" {s.int}': { lines: ['[0]'], reason: number },
  '"123abc" {s.int}': { lines: ['[123]'], reason: number },
  '"abc" {s.int}': { lines: ['[0]'], reason: number },
  '" 12" {s.int}': { lines: ['[0]'], reason: number },
  '"0x1f" {s.int}': { lines: ['[0]'], reason: number },
  '"99999999999" {s.int}': { lines: ['[1215752191]'], reason: number },
  '"+7" {s.int}': { lines: ['[7]'], reason: number },
  '"rubbish" {nameaddr.uri}': { lines: ['[<null>]'], reason: 'a URI has a scheme (RFC 3261 §25.1)' },
  '"<sip:a@b>" {nameaddr.len}': {
    lines: ['[9]'],
    reason: 'OpenSIPS counts the line end that it puts behind an address without parameters',
  },
};
