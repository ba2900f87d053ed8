import type { Command, ModuleHost, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';

/** Removes headers of one message; false where there was none. */
type Remove = (run: ScriptRun) => boolean;

/** The functions that remove headers. What they look for is prepared at the start where the script says it there. */
export function removeHeaderCommands({
  pattern,
  globPattern,
}: Pick<ModuleHost, 'pattern' | 'globPattern'>): Readonly<Record<string, Command>> {
  const glob = (text: string): Remove => {
    return removeMatching(globPattern(text));
  };
  const regularExpression = (text: string): Remove => removeMatching(pattern(text));

  /** The second argument, up to 2.4: `g` for a glob, `r` for a regular expression. Errors: any other. */
  const byFlag = (flag: string): ((text: string) => Remove) => {
    if (flag.startsWith('g')) return glob;
    if (flag.startsWith('r')) return regularExpression;
    throw new TypeError(`unknown match type '${flag.charAt(0)}'`);
  };

  return {
    remove_hf: {
      prepare: ([name, flag]) =>
        prepared(name, flag?.given ? byFlag(String(flag.constant ?? '')) : removeNamed),
    },
    remove_hf_glob: { prepare: ([text]) => prepared(text, glob) },
    remove_hf_re: { prepare: ([text]) => prepared(text, regularExpression) },
  };
}

/** Errors at the start: those of `make` for a text that stands in the script, and an empty one. */
function prepared(argument: PreparedArgument | undefined, make: (text: string) => Remove): Remove {
  const { constant } = argument ?? {};
  if (constant === '') throw new TypeError('empty header name');
  if (typeof constant === 'string') return make(constant);
  return (run) => make(String(argument?.evaluate(run) ?? ''))(run);
}

function removeNamed(name: string): Remove {
  return ({ message }) => {
    let removed = false;
    for (let at = message.findHeader(name); at >= 0; at = message.findHeader(name, at + 1)) {
      if (message.edits.remove(at)) removed = true;
    }
    return removed;
  };
}

function removeMatching(matches: (name: string) => boolean): Remove {
  return ({ message }) => {
    let removed = false;
    for (let at = 0; at < message.headerCount; at++) {
      if (matches(message.headerName(at)) && message.edits.remove(at)) removed = true;
    }
    return removed;
  };
}
