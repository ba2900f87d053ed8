import type { Span } from '../ast.ts';
import {
  filesOfDatabases,
  filesOfGlobals,
  filesOfParams,
  isDatabaseUrl,
  type NamedFile,
  type NamedKind,
} from '../catalogue/named-files.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';

/**
 * Files and folders that the config names are there. A file may be judged on another machine than the one that it is for:
 * so a note, and an error where it is said to be for this one. Below a `chroot`, and relative to a working directory that
 * the config sets, nothing is looked at.
 */
export const namedFileExists: Check = (context) => {
  const { kindOfPath } = context.environment;
  if (!kindOfPath || hasGlobal('chroot', context)) return [];
  const isMoved = hasGlobal('wdir', context) || hasGlobal('workdir', context);
  return [...namedByGlobals(context), ...namedByParams(context)].flatMap((named) =>
    isMoved && !named.path.startsWith('/') ? [] : judge(named, context, kindOfPath),
  );
};

/** A path in the config. */
interface Named {
  readonly path: string;
  readonly kind: NamedKind;
  readonly span: Span;
  readonly context: Span;
}

type KindOfPath = NonNullable<CheckContext['environment']['kindOfPath']>;

function judge(
  { path, kind, span, context }: Named,
  { environment }: CheckContext,
  kindOfPath: KindOfPath,
): readonly Diagnostic[] {
  const wanted = kind === 'file' ? 'file' : 'folder';
  const place = kind === 'new file' ? folderOf(path) : path;
  const found = kindOfPath(place);
  if (found === wanted || found === 'other') return [];
  const message =
    found === undefined ? `the ${wanted} ${place} does not exist` : `${place} is a ${found}, not a ${wanted}`;
  return [
    diagnostic('file-not-found', span, message, {
      context,
      ...(environment.onThisHost && { severity: 'error' }),
    }),
  ];
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}

function hasGlobal(name: string, { config }: CheckContext): boolean {
  return config.items.some((item) => item.kind === 'GlobalParameter' && item.name.text === name);
}

function namedByGlobals({ config }: CheckContext): readonly Named[] {
  return config.items.flatMap((item) => {
    if (item.kind !== 'GlobalParameter' || item.value.kind !== 'String') return [];
    const named = Object.hasOwn(filesOfGlobals, item.name.text) ? filesOfGlobals[item.name.text] : undefined;
    return [item.value, ...(item.furtherValues ?? [])].flatMap(({ value, span }) => {
      const found = pathIn(value, item.name.text, named);
      return found ? [{ ...found, span, context: item.span }] : [];
    });
  });
}

/** Each line once, whatever number of modules it reaches. */
function namedByParams({ params }: CheckContext): readonly Named[] {
  return params.lines.flatMap(({ given, modules, statement }) => {
    const { value } = given;
    if (typeof value !== 'string') return [];
    const named = modules.map(({ name }) => fileOfParam(name, given.name)).find((one) => one !== undefined);
    const found = modules.length > 0 ? pathIn(value, given.name, named) : undefined;
    return found ? [{ ...found, span: given.span, context: statement.span }] : [];
  });
}

function fileOfParam(module: string, param: string): NamedFile | undefined {
  const params = Object.hasOwn(filesOfParams, module) ? filesOfParams[module] : undefined;
  return params && Object.hasOwn(params, param) ? params[param] : undefined;
}

function pathIn(
  value: string,
  name: string,
  named: NamedFile | undefined,
): Pick<Named, 'path' | 'kind'> | undefined {
  if (!named) return isDatabaseUrl(name) ? pathOfDatabase(value) : undefined;
  const path = value.slice(lengthOfHead(value, named));
  return path === '' ? undefined : { path, kind: named.kind };
}

function lengthOfHead(value: string, { form }: NamedFile): number {
  if (form === undefined) return 0;
  const head = form === 'of a TLS domain' ? /^(?:\s*\[[^\]]*\]|[^:/]*:)/ : /^\w+:/;
  return head.exec(value)?.[0].length ?? (form === 'of a TLS domain' ? 0 : value.length);
}

/** `text:///path`, also with a single slash or the name of a set in front: `[set]text:///path`. */
function pathOfDatabase(url: string): Pick<Named, 'path' | 'kind'> | undefined {
  const found = /(\w+):(?:\/\/)?(\/[^?]*)$/.exec(url);
  const [, scheme = '', path = ''] = found ?? [];
  const kind = Object.hasOwn(filesOfDatabases, scheme) ? filesOfDatabases[scheme] : undefined;
  return kind && path !== '/' ? { path, kind } : undefined;
}
