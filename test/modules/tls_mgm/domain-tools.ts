import { type ReadDomains, readDomains } from '../../../modules/tls_mgm/domains.ts';
import { ParamLines } from '../../../modules/tls_mgm/param-lines.ts';
import type { ModuleHost } from '../../../runtime/module-exports.ts';
import { globPattern } from '../../../runtime/variables/glob-pattern.ts';

/** Lines `parameter value` as a module gets them: the values of each parameter in their order. */
export function paramsOf(lines: string): ModuleHost['params'] {
  const params: Record<string, string[]> = {};
  for (const line of lines.split('\n')) {
    const [, name, value = ''] = /^\s*(\S+) (.*)$/.exec(line) ?? [];
    if (name !== undefined) params[name] = [...(params[name] ?? []), value];
  }
  return params;
}

/** The domains that lines `parameter value` define. */
export function domainsOf(lines: string, version = '3.6'): ReadDomains {
  const params = paramsOf(lines);
  const read = new ParamLines();
  read.add(params, Object.keys(params));
  return readDomains(read, version, globPattern);
}
