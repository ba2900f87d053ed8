import { isatty } from 'node:tty';
import { writeAll } from '../log/index.ts';

/** Where the program's own words go; the log has its own ways. */
export interface Terminal {
  /** Standard output; Unicode. */
  print(text: string): void;
  /** Standard error; Unicode. */
  printError(text: string): void;
  readonly errorsGoToPeople: boolean;
  readonly colour: boolean;
  /** Standard output goes to a terminal that shows colours. */
  readonly outputColour: boolean;
}

/** The terminal (or whatever else) that the process was started from. A reader that went away harms nobody. */
export function processTerminal(): Terminal {
  const errorsGoToPeople = isatty(2);
  return {
    print: (text) => void writeAll(1, Buffer.from(text, 'utf8')),
    printError: (text) => void writeAll(2, Buffer.from(text, 'utf8')),
    errorsGoToPeople,
    colour: errorsGoToPeople && showsColours(),
    outputColour: isatty(1) && showsColours(),
  };
}

function showsColours(): boolean {
  return !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}
