import { done, type MigrationRule } from './tools/context.ts';
import { insertLineAfter, loadModuleLike } from './tools/lines.ts';

/** What textops had before 2.1, such as is_method() and append_hf(), is of sipmsgops, which many a file does not load. */
export const functionsHaveTheirModule: MigrationRule = (context) => {
  const { catalogue, modules, script } = context;
  const textops = modules.get('textops');
  const sipmsgops = catalogue.module('sipmsgops');
  if (!textops || !sipmsgops || modules.has('sipmsgops')) return [];
  const used = script.calls.find(({ call, as }) => {
    const name = call.name.text;
    return (
      context.signaturesOf(name, as === 'async' ? 'async' : 'function').length === 0 &&
      sipmsgops.find('function', name).length > 0
    );
  });
  if (!used) return [];
  const { statement } = textops;
  const edit = insertLineAfter(context, statement.span, loadModuleLike(context, statement, 'sipmsgops'));
  return [done(statement.path.span, `${used.call.name.text} is of sipmsgops`, edit)];
};
