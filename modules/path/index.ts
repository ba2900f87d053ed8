import type { ModuleFactory, ScriptRun } from '../../runtime/module-exports.ts';
import { addPath } from './add-path.ts';
import { manifest } from './manifest.ts';

export { manifest };

/** rr, as far as it is used here; structurally its api. */
interface RecordRouting {
  onOwnRoute(hear: (run: ScriptRun, params: ReadonlyMap<string, string>) => void): void;
}

const createModule: ModuleFactory = (host) => {
  const { log, params, routing } = host;
  const double = params.enable_double_path !== 0;
  const add = (run: ScriptRun, user: unknown, tellsReceived: boolean) =>
    addPath(run, { user: String(user ?? ''), tellsReceived, double, routing });
  return {
    commands: {
      add_path: (run, user) => add(run, user, false),
      add_path_received: (run, user) => add(run, user, true),
    },
    init() {
      log.info('mod_init', 'initializing...');
      if (params.use_received === 1) host.bind<RecordRouting>('rr').onOwnRoute(goToReceived);
    },
  };
};

export default createModule;

/** The Route that this host once put into Path tells where its user is. C: path_rr_callback. */
function goToReceived({ message }: ScriptRun, params: ReadonlyMap<string, string>): void {
  const received = params.get('received');
  if (received) message.destinationUri = unescaped(received);
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
