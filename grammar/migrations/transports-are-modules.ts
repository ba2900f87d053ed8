import { at } from '../versions/order.ts';
import { done, type MigrationRule } from './tools/context.ts';
import { removeStatement } from './tools/lines.ts';

const switches: ReadonlySet<string> = new Set(['disable_tcp', 'disable_tls']);

/** disable_tcp and disable_tls of files from before 2.1: a transport is there where its module is loaded. */
export const transportsAreModules: MigrationRule = (context) =>
  context.config.items.flatMap((item) => {
    if (item.kind !== 'GlobalParameter' || !switches.has(item.name.text)) return [];
    if (at(context.catalogue.global(item.name.text), context.to)) return [];
    const message = `${item.name.text} is gone: a transport is there where its module is loaded`;
    return [done(item.span, message, removeStatement(context, item.span))];
  });
