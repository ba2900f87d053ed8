import type { CommandFunction, SipMessage } from '../../runtime/module-exports.ts';
import { globPattern } from './glob.ts';

/** The functions that change headers. */
export function headerCommands(): Readonly<Record<string, CommandFunction>> {
  return {
    append_hf({ message }, text, after) {
      message.edits.append(wholeLines(String(text)), optional(after));
    },
    insert_hf({ message }, text, before) {
      message.edits.insert(wholeLines(String(text)), optional(before));
    },
    append_urihf({ message }, before, behind) {
      message.edits.append(wholeLines(`${before}${message.originalUri}${behind}`));
    },
    remove_hf({ message }, name, flags) {
      const text = String(name);
      const kind = typeof flags === 'string' ? flags.toLowerCase() : '';
      if (kind.includes('g')) return removeMatching(message, globPattern(text));
      if (kind.includes('r')) return removeMatching(message, new RegExp(text, 'i'));
      return removeNamed(message, text);
    },
    remove_hf_glob: ({ message }, glob) => removeMatching(message, globPattern(String(glob))),
    append_to_reply({ message }, text) {
      message.edits.appendToReply(wholeLines(String(text)));
    },
    append_time({ message }) {
      message.edits.appendToReply(`Date: ${new Date().toUTCString()}\r\n`);
    },
  };
}

/**
 * Deviation: OpenSIPS puts the text in as it is, and one without a line end spoils the next header; here the
 * line end is added.
 */
function wholeLines(text: string): string {
  if (text === '' || text.endsWith('\r\n')) return text;
  let end = text.length;
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end--;
  return `${text.slice(0, end)}\r\n`;
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function removeNamed(message: SipMessage, name: string): boolean {
  let removed = false;
  for (let at = message.findHeader(name); at >= 0; at = message.findHeader(name, at + 1)) {
    if (message.edits.remove(at)) removed = true;
  }
  return removed;
}

function removeMatching(message: SipMessage, pattern: RegExp): boolean {
  let removed = false;
  for (let at = 0; at < message.headerCount; at++) {
    if (pattern.test(message.headerName(at)) && message.edits.remove(at)) removed = true;
  }
  return removed;
}
