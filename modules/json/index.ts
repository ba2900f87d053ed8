import type {
  Command,
  ModuleFactory,
  ModuleHost,
  PreparedArgument,
  VariableReference,
} from '../../runtime/module-exports.ts';
import { readAt, writeAt } from './json-store.ts';
import { jsonVariable, pathReader, storeOf } from './json-variable.ts';
import { manifest } from './manifest.ts';
import { mergePatch } from './merge-patch.ts';
import { parseJson } from './parse-json.ts';
import { printJson } from './print-json.ts';

export { manifest };

const createModule: ModuleFactory = (host) => ({
  commands: { json_link: link(host), json_merge: merge(host) },
  variables: {
    json: jsonVariable(host, { layout: 'spaced', escapeSlash: true }),
    json_compact: jsonVariable(host, { layout: 'compact', escapeSlash: true }),
    json_pretty: jsonVariable(host, { layout: 'pretty', escapeSlash: true }),
    json_compact_noescape: jsonVariable(host, { layout: 'compact', escapeSlash: false }),
  },
});

export default createModule;

function link(host: ModuleHost): Command {
  const pathOf = pathReader(host);
  return {
    prepare([to, from]) {
      const target = jsonReference(to);
      const source = jsonReference(from);
      return (run) => {
        const store = storeOf(run);
        try {
          const node = readAt(store, pathOf(source.inner(run)));
          if (node === undefined || node === null) throw new Error('nothing at that path');
          writeAt(store, pathOf(target.inner(run)), node);
          return true;
        } catch (error) {
          host.log.error('json_bind', error instanceof Error ? error.message : String(error));
          return false;
        }
      };
    },
  };
}

/** Errors at the start: a variable of another kind. */
function jsonReference(argument: PreparedArgument | undefined): VariableReference {
  const { variable } = argument ?? {};
  if (variable && Object.hasOwn(manifest.variables, variable.name)) return variable;
  throw new TypeError('the argument must be a json variable');
}

const mergedStyle = { layout: 'compact', escapeSlash: false, shortNumbers: true } as const;

function merge({ log }: ModuleHost): Command {
  return {
    prepare:
      ([main, patch, result]) =>
      (run) => {
        try {
          const [target, change] = [main, patch].map((text) => parseJson(String(text?.evaluate(run) ?? '')));
          const merged = mergePatch(target ?? null, change ?? null);
          return result?.variable?.set(run, printJson(merged, mergedStyle));
        } catch (error) {
          log.error('w_merge_json', error instanceof Error ? error.message : String(error));
          return false;
        }
      },
  };
}
