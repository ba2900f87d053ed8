import type { CommandFunction } from '../../runtime/module-exports.ts';

/** The functions that add header lines. */
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
