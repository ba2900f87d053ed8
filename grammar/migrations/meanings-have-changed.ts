import type { Span } from '../ast.ts';
import { callsOf, type MigrationContext, type MigrationRule, noted, type Step } from './tools/context.ts';

/** What a version means otherwise although it takes the same words, where a file has it. */
interface Change {
  readonly since: string;
  readonly message: string;
  readonly find: (context: MigrationContext) => readonly Span[];
}

const changes: readonly Change[] = [
  {
    since: '3.0',
    message: 'xlog_level hides lines of this level unless it is set, to 3 for L_INFO and 4 for L_DBG',
    find: (context) =>
      hasGlobal(context, 'xlog_level')
        ? []
        : callsOf(context, 'xlog')
            .filter(({ call }) =>
              /L_(?:INFO|DBG)/.test(context.written(call.arguments[0]?.span ?? call.span)),
            )
            .filter(({ call }) => call.arguments.length > 1)
            .map(({ call }) => call.span),
  },
  {
    since: '3.0',
    message:
      'commands of the management interface are JSON-RPC with named parameters: change what calls them',
    find: managementModules,
  },
  {
    since: '4.0',
    message:
      'commands of the management interface have the name of their module in front, most old names still work',
    find: managementModules,
  },
];

/** The interfaces that others speak to; not what only carries them. */
function managementModules({ modules }: MigrationContext): readonly Span[] {
  return [...modules.values()].flatMap(({ name, statement }) =>
    name.startsWith('mi_') ? [statement.path.span] : [],
  );
}

/**
 * What changed between the versions without changing a word, told where the file has it first. Tables of a database
 * have a version of their own, which changes with nearly each OpenSIPS.
 */
export const meaningsHaveChanged: MigrationRule = (context) => [
  ...changes.flatMap(({ since, message, find }) => {
    const [first] = context.crosses(since) ? find(context) : [];
    return first ? [noted(first, message)] : [];
  }),
  ...tables(context),
];

function tables({ config, from, to }: MigrationContext): readonly Step[] {
  const url = config.items.find((item) => item.kind === 'ModParam' && item.name.value === 'db_url');
  if (!url || from === to) return [];
  return [noted(url.span, `tables of ${from} are brought to those of ${to} apart from this file`)];
}

function hasGlobal({ config }: MigrationContext, name: string): boolean {
  return config.items.some((item) => item.kind === 'GlobalParameter' && item.name.text === name);
}
