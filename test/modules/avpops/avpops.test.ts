import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { measuredScripts } from '../measured-scripts.ts';

measuredScripts('avpops');

function config(statement: string): string {
  return `socket=ws:127.0.0.1:8080
loadmodule "proto_ws.so"
loadmodule "avpops.so"
route { ${statement} }
`;
}

describe('what is refused at the start, as in OpenSIPS', () => {
  for (const [statement, message] of [
    ['avp_check("$avp(x)", "like/5");', /bad operation/],
    ['avp_check("$avp(x)", "eq/i:five");', /value is not int/],
    ['avp_check("$avp(x)", "re/(");', /Unmatched/],
    ['avp_copy("$var(x)", "$avp(y)");', /bad attribute name/],
    ['avp_copy("$avp(x)", "$avp(y)/q");', /bad flag <q>/],
    ['avp_delete("x");', /bad param <x>/],
    ['avp_op("$avp(x)", "power/i:2");', /unknown operation <power>/],
    ['avp_op("$avp(x)", "add/s:2");', /value must be int/],
    ['avp_pushto("$fu", "$avp(x)");', /unsupported destination "\$fu"/],
    ['avp_pushto("$ru/port", "$avp(x)");', /unknown ruri flag "port"/],
    ['avp_pushto("$branch/domain", "$avp(x)");', /unknown branch flag "domain"/],
    ['avp_pushto("$du/domain", "$avp(x)");', /unknown du flag "domain"/],
    ['avp_pushto("$br", "$avp(x)");', /\$br/],
    ['avp_subst("$avp(x)", "/a/b");', /missing separator/],
    ['is_avp_set("$avp(x)/sn");', /invalid flag combination/],
  ] as const) {
    test(statement, () => assert.rejects(hostOf(config(statement), { version: '2.4' }), message));
  }
});
