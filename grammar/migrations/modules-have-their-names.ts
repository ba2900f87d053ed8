import { done, left, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';
import { removeStatement, renameInPattern, renameLoaded } from './tools/lines.ts';

interface Renamed {
  readonly from: string;
  readonly to: string;
  /** The first version with the new one. */
  readonly since: string;
  /** The old name belongs to another module since then, so only files of before mean the old one. */
  readonly reused?: true;
}

/** Modules under another name. Their parameters and functions of another name have rules of their own. */
const renamed: readonly Renamed[] = [
  // Names from before 2.1, which many a file still has.
  { from: 'mysql', to: 'db_mysql', since: '2.1' },
  { from: 'postgres', to: 'db_postgres', since: '2.1' },
  { from: 'dbtext', to: 'db_text', since: '2.1' },
  { from: 'unixodbc', to: 'db_unixodbc', since: '2.1' },
  { from: 'cpl-c', to: 'cpl_c', since: '2.2' },
  { from: 'siptrace', to: 'tracer', since: '3.0' },
  // The interface in HTML; first, since mi_json takes its name.
  { from: 'mi_http', to: 'mi_html', since: '3.0', reused: true },
  { from: 'mi_json', to: 'mi_http', since: '3.0' },
  { from: 'event_jsonrpc', to: 'event_stream', since: '3.1' },
  { from: 'avpops', to: 'sqlops', since: '3.5' },
  { from: 'rabbitmq', to: 'event_rabbitmq', since: '3.6' },
  { from: 'mi_xmlrpc_ng', to: 'mi_xmlrpc', since: '4.0' },
];

/**
 * A module under another name, with its `loadmodule` and `modparam` lines; where the new one is loaded already, the
 * old line goes. A module of the core loads no more.
 */
export const modulesHaveTheirNames: MigrationRule = (context) => [
  ...renamed.flatMap((row) => (meansOld(context, row) ? rename(context, row) : [])),
  ...intoTheCore(context),
];

function meansOld(context: MigrationContext, { since, reused }: Renamed): boolean {
  if (!context.reaches(since)) return false;
  // With mi_json beside it mi_http can only be the old one.
  return reused !== true || context.crosses(since) || context.modules.has('mi_json');
}

function rename(context: MigrationContext, { from, to, since }: Renamed): readonly Step[] {
  const message = `${from} is ${to} since ${since}`;
  const becomesFree = renamed.some((row) => row.from === to && meansOld(context, row));
  let isLoaded = context.modules.has(to) && !becomesFree;
  const lines = context.lines.filter(({ name }) => name === from);
  const loads = lines.map(({ statement }) => {
    const edit = isLoaded ? removeStatement(context, statement.span) : renameLoaded(context, statement, to);
    isLoaded = true;
    return done(statement.path.span, message, edit);
  });
  const params = context.paramLinesOf(from).flatMap((line) => {
    const edit = renameInPattern(context, line, from, to);
    if (edit) return [done(line.module.span, message, edit)];
    if (lines.length === 0) return [];
    return [left(line.module.span, `${message}, and this pattern names it`, `write ${to} in it`)];
  });
  return [...loads, ...params];
}

/** `loadmodule "event_route.so"` since 3.6. */
function intoTheCore(context: MigrationContext): readonly Step[] {
  return context.lines.flatMap(({ name, statement, chapter }) => {
    // xlog was a module before 2.1.
    const since = name === 'xlog' ? '2.1' : chapter?.skippedSince;
    if (since === undefined || !context.reaches(since)) return [];
    return [
      done(
        statement.span,
        `${name} is part of the core since ${since}`,
        removeStatement(context, statement.span),
      ),
    ];
  });
}
