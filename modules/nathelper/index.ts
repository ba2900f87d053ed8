import type { ModuleFactory, ModuleFinding, ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { addReceived, fixContacts, restoreRequestUri } from './contact-fix.ts';
import { enablePing } from './management.ts';
import { manifest } from './manifest.ts';
import { contactFlagNames, readFlags, sdpFlagNames, testNames, withFlags } from './named-flags.ts';
import { pingSettings, tellSettings } from './ping-settings.ts';
import { Pinger } from './pinger.ts';
import { privateNetworksOf } from './private-networks.ts';
import { fixSdp } from './sdp-fix.ts';
import { sourceUri } from './source-uri.ts';
import { createUacTest } from './uac-test.ts';
import type { UserLocation } from './usrloc-api.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params } = host;
  const uacTest = createUacTest(host, privateNetworksOf(host.version));
  const sdpSettings = {
    log,
    mark: String(params.nortpproxy_str).replace(/[\r\n]+$/, ''),
    skipOld: new Set([params.oldip_skip ?? []].flat().join('')),
  };
  const receivedAvp = /^\$avp\((.*)\)$/.exec(String(params.received_avp ?? ''))?.[1];
  let pinger: Pinger | undefined;
  const management = enablePing(() => pinger);
  host.onReply((run) => pinger?.takeReply(run) ?? false);

  return {
    commands: {
      nat_uac_test: withFlags(testNames, (tests) => (run) => uacTest.test(run, tests)),
      fix_nated_contact: (run, more, flags) => fixContacts(host, run, String(more ?? ''), flagsOrNone(flags)),
      fix_nated_sdp: withFlags(sdpFlagNames, (flags, [address, lines]) => (run) => {
        const given = {
          flags,
          address: String(address?.evaluate(run) ?? '') || undefined,
          lines: String(lines?.evaluate(run) ?? ''),
        };
        return fixSdp(run, given, sdpSettings);
      }),
      fix_nated_register: registerCommand(host, receivedAvp),
      add_rcv_param: (run, place) => addReceived(host, run, Number(place ?? 0) > 0 ? 'uri' : 'header'),
      restore_nated_ruri: (run) => restoreRequestUri(host, run),
    },
    mi: { enable_ping: management, nh_enable_ping: management },
    check: () => settingFindings(host),
    init() {
      const settings = pingSettings(host);
      if (settings.interval === 0) return;
      tellSettings(host, settings);
      pinger = new Pinger(host, settings, host.bind<UserLocation>('usrloc'));
    },
    childInit: () => pinger?.start(),
  };
};

export default createModule;

function flagsOrNone(flags: unknown): ReturnType<typeof readFlags<(typeof contactFlagNames)[number]>> {
  return flags === null || flags === undefined || flags === ''
    ? new Set()
    : readFlags(String(flags), contactFlagNames);
}

/** Up to 2.4 it needs the AVP at the start; later it does nothing without. */
function registerCommand({ version }: ModuleHost, avp: string | undefined) {
  const missing = avp === undefined && version.startsWith('2.');
  return {
    prepare() {
      if (missing) throw new Error("the parameter received_avp must be set, to the same AVP as registrar's");
      return ({ avps, source }: ScriptRun) => {
        if (avp !== undefined) avps.set(avp, [sourceUri(source), ...(avps.get(avp) ?? [])]);
      };
    },
  };
}

function settingFindings(host: ModuleHost): readonly ModuleFinding[] {
  try {
    pingSettings(host);
    return [];
  } catch (error) {
    return [
      {
        code: 'pings-unusable',
        severity: 'error',
        message: error instanceof Error ? error.message : String(error),
        why: 'the host would not start with these parameters',
        help: 'see the parameters of nathelper in its manual',
      },
    ];
  }
}
