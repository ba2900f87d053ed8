import { done, type Edit, type MigrationRule } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/** Since 3.2 the library of tls_mgm, which was OpenSSL before, is a module. */
export const tlsLibraryIsLoaded: MigrationRule = (context) => {
  const { modules } = context;
  const manager = modules.get('tls_mgm');
  if (!context.reaches('3.2') || !manager || modules.has('tls_openssl') || modules.has('tls_wolfssl'))
    return [];
  const { statement } = manager;
  const edit: Edit = insertLineBefore(
    context,
    statement.span,
    loadModuleLike(context, statement, 'tls_openssl'),
  );
  return [done(statement.span, 'tls_mgm needs its library loaded since 3.2: tls_openssl', edit)];
};
