/**
 * The path in a database URL. `sqlite:///var/lib/x.db` and, as OpenSIPS reads it, `sqlite://var/lib/x.db` are the file
 * /var/lib/x.db.
 *
 * Deviation: `sqlite:/var/lib/x.db` is the same file and `sqlite:x.db` is one beside the config; OpenSIPS refuses both.
 */
export function fileOfUrl(url: string, resolvePath: (path: string) => string): string {
  const rest = url.slice(url.indexOf(':') + 1);
  const path = rest.replace(/^\/+/, '/');
  if (path === '' || path === '/') throw new TypeError('the URL of the database names no file');
  return path.startsWith('/') ? path : resolvePath(path);
}
