import type { ModParam } from '../ast.ts';
import { type PlacedCall, placedCalls, replaceStatement, spanOfCall } from './tools/calls.ts';
import { done, left, type MigrationContext, type MigrationRule, noted, type Step } from './tools/context.ts';
import { requote } from './tools/strings.ts';

/** `ua=$hdr(User-Agent)` of a line for one kind of records. */
interface Extra {
  readonly kind: string;
  readonly name: string;
  readonly value: string;
}

/**
 * `log_extra` and the like became `extra_fields` in 2.3: it names the fields, and the script gives them their values,
 * `$acc_extra(ua) = $hdr(User-Agent)`, where accounting is asked for. Values of replies and of call legs are left.
 */
export const accountingHasExtraFields: MigrationRule = (context) => {
  if (!context.reaches('2.3') || !context.modules.has('acc')) return [];
  const lines = context
    .paramLinesOf('acc')
    .flatMap((line) => (/^(?:log|db|aaa|evi)_extra$/.test(line.name.value) ? [line] : []));
  const readable = lines.flatMap((line) => {
    const extras = readExtras(line);
    return extras && line.module.value === 'acc' ? [{ line, extras }] : [];
  });
  if (readable.length === 0) return [];
  const tags = tagsOf(readable.flatMap(({ extras }) => extras));
  const assignments = [...tags].map(([value, tag]) => `$acc_extra(${tag}) = ${valueIn(value)}`);
  return [
    ...readable.flatMap(({ line, extras }) => [
      rename(context, line, extras, tags),
      noted(line.span, 'extra fields have the values of where they are set, before those of the record'),
    ]),
    ...placedCalls(context).flatMap((placed) => assign(context, placed, [...new Set(assignments)])),
  ];
};

/** Undefined where one is of the reply, which is not there yet where accounting is asked for. */
function readExtras({ name, value }: ModParam): readonly Extra[] | undefined {
  if (value.kind !== 'String') return undefined;
  const kind = name.value.replace('_extra', '');
  const extras = value.value
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, field, text] = /^\s*([^=\s]+)\s*=\s*(\$[^/]+?)\s*$/.exec(part) ?? [];
      return field === undefined || text === undefined ? undefined : { kind, name: field, value: text };
    });
  return extras.length > 0 && extras.every((one) => one !== undefined) ? extras : undefined;
}

const keyOf = ({ name, value }: Extra) => `${name}=${value}`;
const valueIn = (key: string) => key.slice(key.indexOf('=') + 1);

/** A tag for each field and value: its name, or where that is taken with another value, one of its own. */
function tagsOf(extras: readonly Extra[]): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  const taken = new Set<string>();
  for (const extra of extras) {
    if (tags.has(keyOf(extra))) continue;
    const wanted = extra.name.replace(/\W/g, '_');
    const tag = taken.has(wanted) ? `${wanted}_${extra.kind}` : wanted;
    taken.add(tag);
    tags.set(keyOf(extra), tag);
  }
  return tags;
}

function rename(
  context: MigrationContext,
  line: ModParam,
  extras: readonly Extra[],
  tags: ReadonlyMap<string, string>,
): Step {
  const { name, value } = line;
  const fields = extras.map((extra) => {
    const tag = tags.get(keyOf(extra)) ?? extra.name;
    return tag === extra.name ? tag : `${tag}->${extra.name}`;
  });
  const quote = context.written(name.span).charAt(0);
  const edits = [{ span: name.span, text: `${quote}extra_fields${quote}` }];
  const kind = name.value.replace('_extra', '');
  if (value.kind === 'String') edits.push(requote(context, value, `${kind}: ${fields.join('; ')}`));
  const message = `${name.value} is extra_fields, which get their values where accounting is asked for`;
  return done(line.span, message, ...edits);
}

/** Behind `do_accounting()`, in front of what writes a record at once. */
function assign(
  context: MigrationContext,
  placed: PlacedCall,
  assignments: readonly string[],
): readonly Step[] {
  const { call, as } = placed;
  const name = call.name.text;
  const isRequest = /^acc_(?:log|db|aaa|evi)_request$/.test(name);
  if (!isRequest && name !== 'do_accounting') return [];
  if (as === 'question') {
    return [left(call.span, 'the extra fields of acc want their values', `write ${assignments.join('; ')}`)];
  }
  const written = context.written(spanOfCall(context, call));
  const now = isRequest ? [...assignments, written] : [written, ...assignments];
  return [done(call.span, 'extra fields of acc get their values', replaceStatement(context, placed, now))];
}
