import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { authCommand, followRaised, increaseCseq } from './authenticate.ts';
import { BoundModules } from './bound-modules.ts';
import { manifest } from './manifest.ts';
import { type ReplaceTools, type RestoreMode, replaceCommand } from './replace.ts';
import { restoreBoth, restoreCommand } from './restore.ts';
import { UriCode } from './uri-code.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params } = host;
  const modules = new BoundModules(host);
  const mode = readMode(String(params.restore_mode));
  const tools: ReplaceTools = {
    log,
    mode,
    code: new UriCode(String(params.restore_passwd)),
    params: { From: String(params.rr_from_store_param), To: String(params.rr_to_store_param) },
    rr: () => modules.rr,
    repair: () => modules.repair,
  };
  const authTools = {
    host,
    tm: () => modules.tm,
    rr: () => modules.rr,
    uacAuth: () => modules.uacAuth,
    repair: () => modules.repair,
  };
  /** What the script uses, known when its routes are compiled. */
  const uses = { auth: false, uris: false };
  const usesUris = () => {
    uses.uris = true;
  };
  return {
    commands: {
      uac_replace_from: replaceCommand('From', tools, usesUris),
      uac_replace_to: replaceCommand('To', tools, usesUris),
      uac_restore_from: restoreCommand('From', tools, usesUris),
      uac_restore_to: restoreCommand('To', tools, usesUris),
      uac_auth: authCommand(authTools, () => {
        uses.auth = true;
      }),
      uac_inc_cseq: (run, by) => increaseCseq(run, Number(by ?? 0), authTools),
    },
    init() {
      log.info('mod_init', 'initializing...');
      modules.bindTm();
    },
    childInit() {
      if (uses.auth) {
        modules.bindUacAuth();
        modules.bindRr('uac_auth()');
        modules.rr.onRouted((run) => followRaised(run, authTools));
      }
      if (uses.uris && mode !== 'none') {
        modules.bindRr('restore_mode');
        if (mode === 'auto') modules.rr.onRouted((run) => restoreBoth(run, tools));
      }
    },
  };
};

export default createModule;

/** The manifest lets nothing else pass. */
function readMode(text: string): RestoreMode {
  const lower = text.toLowerCase();
  return lower === 'none' || lower === 'manual' ? lower : 'auto';
}
