import type { Span } from '../ast.ts';
import { type ParamCondition, type UndeclaredNeed, undeclaredNeeds } from '../catalogue/undeclared-needs.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { at, inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';
import type { LoadedModule } from './facts/modules.ts';

/**
 * Where OpenSIPS is asked: a module has what its start looks for and does not declare, as proto_wss tls_mgm. What is
 * declared is another rule, declared-dependency-is-loaded.ts.
 */
export const undeclaredDependencyIsLoaded: Check = (context) => {
  if (context.environment.asked !== 'opensips') return [];
  return undeclaredNeeds.flatMap((need) => {
    const module = context.modules.byName.get(need.module);
    return module ? judge(need, module, context) : [];
  });
};

function judge(need: UndeclaredNeed, module: LoadedModule, context: CheckContext): readonly Diagnostic[] {
  const { modules, version } = context;
  if (!module.chapter || !at([module.chapter], version) || !inRange(version, need)) return [];
  if (need.anyOf.some((name) => modules.byName.has(name) || modules.wasReported(name))) return [];
  const because = reasonFor(need, context);
  if (!because) return [];
  const { span, context: around } = because;
  const wanted = need.anyOf.join(' or ');
  const missing = need.anyOf.length > 1 ? 'and neither is loaded' : 'which is not loaded';
  const { path } = module.statement;
  return [
    diagnostic(
      'missing-dependency',
      span ?? path.span,
      `${need.module} needs ${wanted}${because.words}, ${missing}`,
      {
        context: around ?? span ?? module.statement.span,
        why: 'the module does not declare it, so that only its start finds out, and fails',
        help: `add loadmodule "${need.anyOf[0]}.so"`,
        notes: span ? [{ message: `${need.module} is loaded here`, span: path.span }] : [],
        atStart: true,
      },
    ),
  ];
}

/** What makes a need hold, with its place where it has one. */
interface Because {
  readonly words: string;
  readonly span?: Span;
  readonly context?: Span;
}

function reasonFor(need: UndeclaredNeed, context: CheckContext): Because | undefined {
  if (need.call !== undefined) return calling(need.call, context);
  if (need.listener !== undefined) return listening(need.listener, context);
  return withParams(need, context);
}

function calling(name: string, { calls }: CheckContext): Because | undefined {
  const use = calls.find(({ call }) => call.name.text === name);
  return use && { words: ` because of ${name}()`, span: use.call.name.span, context: use.call.span };
}

function listening(protocol: string, { config }: CheckContext): Because | undefined {
  for (const item of config.items) {
    if (item.kind !== 'SocketDefinition' || item.protocol.text.toLowerCase() !== protocol) continue;
    return { words: ` for ${protocol}`, span: item.protocol.span, context: item.span };
  }
  return undefined;
}

function withParams({ module, given = [] }: UndeclaredNeed, { params }: CheckContext): Because | undefined {
  const lines = params.byModule.get(module) ?? [];
  const lastOf = (name: string) => lines.findLast((line) => line.name === name);
  if (!given.every((condition) => holds(condition, lastOf(condition.param)?.value))) return undefined;
  const asking = given.map(({ param }) => lastOf(param)).find((line) => line !== undefined);
  return asking ? { words: ` because of ${asking.name}`, span: asking.span } : { words: '' };
}

function holds({ is, default: byDefault }: ParamCondition, given: number | string | undefined): boolean {
  const value = given ?? byDefault;
  return is === 'positive' ? Number(value) > 0 : is.includes(value);
}
