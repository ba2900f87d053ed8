import type { ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';

/** What dialogs need of the module rr. */
export interface RecordRouting {
  /** A parameter for the Record-Route of this host. */
  addParam(run: ScriptRun, text: string): unknown;
  /** A parameter of the Route that loose_route took. */
  routeParam(run: ScriptRun, name: string): string | undefined;
  /** Hears of each request whose Route was this host, when loose_route has taken it. */
  onRouted(hear: (run: ScriptRun) => void): void;
}

/** Since 3.0 dialogs work without it too: by Call-ID and tags. */
export function recordRouting(host: ModuleHost): RecordRouting | undefined {
  try {
    return host.bind<RecordRouting>('rr');
  } catch {
    return undefined;
  }
}
