import type { Call, ModParam } from '../ast.ts';
import {
  done,
  type Edit,
  left,
  type MigrationContext,
  type MigrationRule,
  own,
  type Step,
} from './tools/context.ts';
import {
  insertLineAfter,
  loadModuleLike,
  removeStatement,
  renameInPattern,
  renameLoaded,
} from './tools/lines.ts';

/** Parameters of uri that auth_db has under these names; the table became an argument. */
const paramsOfAuthDb: Readonly<Record<string, string>> = {
  db_url: 'db_url',
  user_column: 'uri_user_column',
  domain_column: 'uri_domain_column',
  uriuser_column: 'uri_uriuser_column',
};

/**
 * The module uri ended with 2.4: what is of the Request-URI and the To tag went to sipmsgops, what asks a database to
 * auth_db, what asks RADIUS to auth_aaa, each with their lines.
 */
export const uriModuleIsSharedOut: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  const lines = context.lines.filter(({ name }) => name === 'uri');
  const params = context.paramLinesOf('uri').filter(({ module }) => module.value.split('|').includes('uri'));
  const [first, ...again] = lines;
  if (!first) return [];
  const uses = functionsOfUri(context);
  const needed = [...new Set(uses.map(({ module }) => module))];
  const missing = needed.filter((name) => !context.modules.has(name));
  const [instead, ...more] = missing;
  const message =
    needed.length === 0
      ? 'uri is gone since 3.0 and nothing of it is used'
      : `uri is gone since 3.0: ${needed.join(', ')}`;
  const edits: Edit[] = instead
    ? [
        renameLoaded(context, first.statement, instead),
        ...more.map((name) =>
          insertLineAfter(context, first.statement.span, loadModuleLike(context, first.statement, name)),
        ),
      ]
    : [removeStatement(context, first.statement.span)];
  return [
    done(first.statement.path.span, message, ...edits),
    ...again.map(({ statement }) => done(statement.span, message, removeStatement(context, statement.span))),
    ...params.flatMap((line) => moveParam(context, line, needed.includes('auth_db'))),
    ...uses.flatMap(({ call, to }) => moveCall(context, call, to, tableOf(context, params))),
  ];
};

interface FunctionOfUri {
  readonly call: Call;
  readonly to: string;
  readonly module: string;
}

function functionsOfUri({ script, catalogue }: MigrationContext): readonly FunctionOfUri[] {
  return script.calls.flatMap(({ call }) => {
    const rename = catalogue.renamed('function', call.name.text, 'uri');
    if (rename?.to === undefined || rename.toModule === undefined) return [];
    return [{ call, to: rename.to, module: rename.toModule }];
  });
}

/** The table of users, which every function of auth_db is told. */
function tableOf(context: MigrationContext, params: readonly ModParam[]): string {
  const given = (name: string) => params.findLast((line) => line.name.value === name)?.value;
  const table = given('db_table');
  if (table?.kind === 'String') return context.written(table.span);
  const useUri = given('use_uri_table');
  return useUri?.kind === 'Number' && useUri.value !== 0 ? '"uri"' : '"subscriber"';
}

function moveCall(context: MigrationContext, call: Call, to: string, table: string): readonly Step[] {
  const rename = { span: call.name.span, text: to };
  const first = argumentsInFrontOf(call, table);
  if (first === undefined) {
    if (to === call.name.text) return [];
    return [done(call.name.span, `${call.name.text} is now ${to}`, rename)];
  }
  const open = context.text.indexOf('(', call.name.span.end) + 1;
  const text = call.arguments.length > 0 ? `${first}, ` : first;
  const insert = { span: { start: open, end: open }, text };
  return [done(call.name.span, `${call.name.text} is now ${to}(${first})`, rename, insert)];
}

function argumentsInFrontOf({ name, arguments: given }: Call, table: string): string | undefined {
  switch (name.text) {
    case 'db_check_to':
    case 'db_check_from':
      return table;
    case 'db_get_auth_id':
      return given.length === 3 ? table : undefined;
    case 'db_does_uri_exist':
      return given.length === 0 ? `"$ru", ${table}` : undefined;
    default:
      return undefined;
  }
}

function moveParam(context: MigrationContext, line: ModParam, toAuthDb: boolean): readonly Step[] {
  const name = line.name.value;
  const to = toAuthDb ? own(paramsOfAuthDb, name) : undefined;
  const message = `${name} of uri is gone since 3.0`;
  if (to === undefined || (name === to && hasParam(context, 'auth_db', to))) {
    const edit = renameInPattern(context, line, 'uri', undefined);
    if (edit) return [done(line.span, message, edit)];
    return [left(line.module.span, message, 'take uri out of the pattern')];
  }
  const edit = renameInPattern(context, line, 'uri', 'auth_db');
  if (edit === undefined || (line.module.value !== 'uri' && name !== to)) {
    return [left(line.span, message, `give it to auth_db as ${to}`)];
  }
  const rename = { span: line.name.span, text: `"${to}"` };
  return [done(line.span, `${name} of uri is ${to} of auth_db`, edit, rename)];
}

function hasParam(context: MigrationContext, module: string, name: string): boolean {
  return context.paramLinesOf(module).some((line) => line.name.value === name);
}
