import { readFileSync } from 'node:fs';
import type {
  Command,
  Manifest,
  ModuleFactory,
  ModuleHost,
  ParamSchema,
  RouteLetter,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import { compile, type Matches } from './engine.ts';
import { readGroups } from './groups-file.ts';
import type { PatternOptions } from './translate.ts';

const routes: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L', 'S', 'T', 'V'];

function option(description: string): ParamSchema {
  return { type: 'integer', description, default: 0 };
}

export const manifest = {
  name: 'regex',
  description: 'Perl-compatible regular expressions.',
  commands: {
    pcre_match: {
      params: ['s', 's'],
      paramNames: ['text', 'pattern'],
      routes,
      description: 'True where the text matches.',
    },
    pcre_match_group: {
      params: ['s', 'i?'],
      paramNames: ['text', 'group'],
      routes,
      description: 'True where the text matches a group of the file, the first one by default.',
    },
  },
  params: {
    file: { type: 'string', description: 'A file of groups of patterns; read again at SIGHUP.' },
    max_groups: { type: 'integer', description: 'Groups that the file may have.', default: 20, minimum: 1 },
    group_max_size: {
      type: 'integer',
      description: 'Characters that the pattern of a group may have.',
      default: 8192,
      minimum: 1,
    },
    pcre_caseless: option('Patterns match any case; where file is set, as all of these.'),
    pcre_multiline: option('`^` and `$` also stand at line ends.'),
    pcre_dotall: option('`.` also matches line ends.'),
    pcre_extended: option('Blanks and comments in patterns mean nothing.'),
  },
} as const satisfies Manifest;

/** The return codes of OpenSIPS where there is no answer. */
const noFile = -2;
const unusable = -4;

const createModule: ModuleFactory = (host) => {
  const { params, log } = host;
  const path = typeof params.file === 'string' && params.file !== '' ? params.file : undefined;
  const options = optionsOf(params, path !== undefined);
  let groups: readonly Matches[] = [];

  const readFile = (): readonly Matches[] =>
    readGroups(readFileSync(host.resolvePath(path ?? ''), 'latin1'), {
      maxGroups: Number(params.max_groups),
      maxSize: Number(params.group_max_size),
    }).map((pattern) => compile(pattern, options));

  return {
    commands: {
      pcre_match: matchPattern(host, options),
      pcre_match_group(_run, text, group) {
        if (path === undefined) {
          log.error('pcre_match_group', 'group matching is disabled');
          return noFile;
        }
        const matches = groups[typeof group === 'number' ? group : 0];
        if (matches) return matches(String(text));
        log.error('pcre_match_group', `invalid pcre index '${group}', there are ${groups.length} pcres`);
        return unusable;
      },
    },
    check: () => (path === undefined ? [] : findings(readFile)),
    init() {
      log.info('mod_init', 'initializing module...');
      if (path !== undefined) groups = readFile();
      host.onReload(() => {
        if (path === undefined) return;
        try {
          groups = readFile();
        } catch (error) {
          log.error('load_pcres', `${path} stays as it was: ${reasonOf(error)}`);
        }
      });
    },
  };
};

export default createModule;

/** As in OpenSIPS the options hold for all patterns, and for none where there is no file. */
function optionsOf(params: ModuleHost['params'], hasFile: boolean): PatternOptions {
  const on = (name: string) => hasFile && params[name] !== 0 && params[name] !== undefined;
  return {
    caseless: on('pcre_caseless'),
    multiline: on('pcre_multiline'),
    dotall: on('pcre_dotall'),
    extended: on('pcre_extended'),
  };
}

/** A pattern that stands in the script is compiled at the start. */
function matchPattern({ log }: ModuleHost, options: PatternOptions): Command {
  return {
    prepare([text, pattern]) {
      const { constant } = pattern ?? {};
      const fixed = typeof constant === 'string' ? compile(constant, options) : undefined;
      let last: { readonly pattern: string; readonly matches: Matches } | undefined;
      const matcherOf = (run: ScriptRun): Matches => {
        if (fixed) return fixed;
        const written = String(pattern?.evaluate(run) ?? '');
        if (last?.pattern !== written) last = { pattern: written, matches: compile(written, options) };
        return last.matches;
      };
      return (run) => {
        try {
          return matcherOf(run)(String(text?.evaluate(run) ?? ''));
        } catch (error) {
          log.error('pcre_match', `the pattern cannot be used: ${reasonOf(error)}`);
          return unusable;
        }
      };
    },
  };
}

function findings(read: () => unknown) {
  try {
    read();
    return [];
  } catch (error) {
    return [
      {
        code: 'groups-unusable',
        severity: 'error',
        message: `the groups cannot be used: ${reasonOf(error)}`,
        why: 'pcre_match_group() would have nothing to match with',
        help: 'mend the file, or the path',
        param: 'file',
      } as const,
    ];
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
