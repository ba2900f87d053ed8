import type {
  PreparedArgument,
  RoutingTools,
  ScriptRun,
  SqlCondition,
} from '../../../runtime/module-exports.ts';
import { variableIn } from '../read-arguments.ts';
import type { Columns } from './columns.ts';

/** Whose AVPs: an identifier, or the parts of a URI; what is undefined does not count. */
export interface Owner {
  readonly uuid?: string;
  readonly username?: string;
  readonly domain?: string;
}

/** How the source is read: as an identifier, or as a URI of which both or one part counts. */
type Part = 'uuid' | 'uri' | 'username' | 'domain';
const parts: readonly Part[] = ['uuid', 'uri', 'username', 'domain'];

/** Variables that hold a URI. */
const uris: ReadonlySet<string> = new Set(['ru', 'fu', 'from', 'tu', 'to', 'ou']);

/**
 * `$ru`, `$avp(x)/username`, `alice`: the owner for each run, or why there is none, as a text for the log. Errors: for an
 * argument that cannot be read.
 */
export function ownerIn(
  argument: PreparedArgument | undefined,
  routing: Pick<RoutingTools, 'uri'>,
  useDomain: boolean,
): (run: ScriptRun) => Owner | string {
  const text = String(argument?.constant ?? '');
  const [, source = '', flag] = /^([^/]*)(?:\/(.*))?$/s.exec(text) ?? [];
  const given = flag === undefined ? undefined : parts.find((part) => part === flag.toLowerCase());
  if (flag !== undefined && given === undefined) throw new TypeError(`unknown flag <${flag}>`);
  const variable = source.startsWith('$') ? variableIn(argument, source) : undefined;
  const part = given ?? (variable && uris.has(variable.name) ? 'uri' : 'uuid');
  return (run) => {
    const value = variable ? variable.get(run) : source;
    if (value === null || value === '') return 'no value for first param';
    if (part === 'uuid') return { uuid: String(value) };
    const uri = routing.uri(String(value));
    if (!uri) return 'failed to parse uri';
    if (part !== 'domain' && uri.user === '') return `incomplet uri <${value}> missing user`;
    return {
      ...(part !== 'domain' && { username: uri.user }),
      ...((part === 'domain' || (part === 'uri' && useDomain)) && { domain: uri.host }),
    };
  };
}

export function conditionsOf({ uuid, username, domain }: Owner, columns: Columns): SqlCondition[] {
  const wanted: [column: string, value: string | undefined][] = [
    [columns.uuid, uuid],
    [columns.username, username],
    [columns.domain, domain],
  ];
  return wanted.flatMap(([column, value]) => (value === undefined ? [] : [{ column, operator: '=', value }]));
}
