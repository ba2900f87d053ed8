import type { CommandResult, ModuleHost, ScriptRun, ScriptValue } from '../../runtime/module-exports.ts';

interface RpidCommands {
  append(run: ScriptRun, prefix: ScriptValue, suffix: ScriptValue): CommandResult;
  isE164(run: ScriptRun): CommandResult;
}

/** Remote-Party-ID (draft-ietf-sip-privacy-01) with the value of an AVP. Errors: rpid_avp is no AVP. */
export function rpidCommands({ params, log, sip, routing }: ModuleHost): RpidCommands {
  const name = avpName(String(params.rpid_avp ?? ''));
  const rpidOf = (run: ScriptRun): string | undefined => {
    if (name === undefined) log.error('append_rpid_hf', 'rpid avp not defined');
    const value = name === undefined ? undefined : run.avps.get(name)?.[0];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    append(run, prefix, suffix) {
      const value = rpidOf(run);
      if ((prefix === null) !== (suffix === null)) {
        log.error('append_rpid_hf', 'a prefix comes with a suffix, or none of both');
        return false;
      }
      if (value === undefined || /[\r\n]/.test(value)) return false;
      const [before, behind] = [prefix ?? params.rpid_prefix, suffix ?? params.rpid_suffix];
      run.message.edits.append(`Remote-Party-ID: ${before ?? ''}${value}${behind ?? ''}\r\n`);
      return true;
    },
    isE164(run) {
      const value = rpidOf(run);
      if (value === undefined) return false;
      const uri = value.includes('<') ? routing.nameAddress(value)?.uri : value;
      if (uri !== undefined && routing.uri(uri)) return sip.uris.hasE164User(uri);
      log.error('is_rpid_user_e164', 'failed to parse RPID URI');
      return false;
    },
  };
}

/** `rpid` of `$avp(rpid)`; undefined for an empty text. Errors: for anything else. */
function avpName(spec: string): string | undefined {
  if (spec.trim() === '') return undefined;
  const [, name] = /^\s*\$avp\(([^()$]+)\)\s*$/.exec(spec) ?? [];
  if (name !== undefined) return name.trim();
  throw new TypeError(`malformed or non AVP ${spec} AVP definition`);
}
