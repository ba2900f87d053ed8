import type { Command, ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import { manifest } from './manifest.ts';
import { patternOf } from './patterns.ts';
import { behindFirstLine, bodyOnly } from './regions.ts';
import { appendBehind, findAtOnce, findByLine, replaceEvery, replaceFirst } from './replace.ts';
import { substituteIn, substituteUri, substituteUser } from './substitute.ts';

export { manifest };

const createModule: ModuleFactory = (host) => ({
  commands: {
    search: searchIn(host, ({ text }) => text),
    search_body: searchIn(host, ({ body }) => (body === '' ? undefined : body)),
    search_append: appendBehind(host, behindFirstLine),
    search_append_body: appendBehind(host, bodyOnly),
    replace: replaceFirst(host, behindFirstLine),
    replace_all: replaceEvery(host, behindFirstLine, findByLine),
    replace_body: replaceFirst(host, bodyOnly),
    replace_body_all: replaceEvery(host, bodyOnly, findByLine),
    replace_body_atonce: replaceEvery(host, bodyOnly, findAtOnce),
    subst: substituteIn(host, behindFirstLine),
    subst_body: substituteIn(host, bodyOnly),
    subst_uri: substituteUri(host),
    subst_user: substituteUser(host),
  },
  init() {
    host.log.info('mod_init', 'initializing...');
  },
});

export default createModule;

function searchIn(
  host: ModuleHost,
  textOf: (message: { readonly text: string; readonly body: string }) => string | undefined,
): Command {
  return {
    prepare([expression]) {
      const pattern = patternOf(host, expression);
      return (run) => {
        const text = textOf(run.message);
        return text !== undefined && pattern(run).test(text);
      };
    },
  };
}
