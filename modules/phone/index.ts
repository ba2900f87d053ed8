import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { findings } from './findings.ts';
import { manifest } from './manifest.ts';
import { readPageFiles } from './page-files.ts';
import { type PageServer, servePage } from './page-server.ts';
import { webSocketUrls } from './settings.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const ip = String(host.params.ip);
  const port = Number(host.params.port);
  const { host_name: hostNames, title, domain } = host.params;
  let server: PageServer | undefined;

  return {
    check: ({ sockets }) => findings(ip, sockets),

    async childInit() {
      const page = {
        files: await readPageFiles(),
        hostNames: Array.isArray(hostNames) ? hostNames.map(String) : [],
        settings: (askedHost: string) => ({
          title: String(title),
          servers: webSocketUrls(host.sockets, askedHost),
          domain: domain === undefined ? undefined : String(domain),
        }),
      };
      const maxConnections = Number(host.params.max_connections);
      server = await servePage(page, { ip, port, maxConnections }).catch((error: Error) => {
        throw new Error(
          `the page cannot be served: ${error.message}; see the parameters ip and port of phone`,
        );
      });
      host.log.notice('child_init', `a phone for browsers: http://${inUrl(ip)}:${server.port}/`);
    },

    async destroy() {
      await server?.close();
      server = undefined;
    },
  };
};

export default createModule;

/** Bound to every address it is reached by the loopback one. */
function inUrl(ip: string): string {
  if (ip === '0.0.0.0') return '127.0.0.1';
  if (ip === '::') return '[::1]';
  return ip.includes(':') ? `[${ip}]` : ip;
}
