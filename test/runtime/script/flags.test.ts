/** Flags of branches: cfg.y up to 2.4 has the branch in front, core_cmds.c since 3.1 the flag. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './support.ts';

const rows: readonly (readonly [statements: string, lines: readonly string[]])[] = [
  ['setbflag(0, NAT); if (isbflagset(NAT)) xlog("$bf");', ['NAT']],
  ['setbranchflag(0, 3); if (isbranchflagset(0, 3)) xlog("$bf");', ['3']],
  ['setbflag(NAT); if (isbflagset(0, NAT)) xlog("$bf");', ['NAT']],
  ['setbflag(NAT); resetbflag(0, NAT); xlog("<$bf>");', ['<>']],
  ['setbflag(NAT); resetbranchflag(0, NAT); if (!isbflagset(NAT)) xlog("reset");', ['reset']],
  ['setbflag("NAT", 0); if (isbflagset("NAT", 0)) xlog("$bf");', ['NAT']],
  ['setbflag("3", 0); if (isbflagset("3")) xlog("$bf");', ['3']],
  ['$var(b) = 0; setbflag("NAT", $var(b)); if (isbflagset("NAT", $var(b))) xlog("$bf");', ['NAT']],
  ['setbflag(1, NAT); xlog("<$bf>");', ['<>']],
  ['setflag(1); setflag(ACC_DONE); if (isflagset(ACC_DONE)) resetflag(1); xlog("$mf");', ['ACC_DONE']],
];

for (const [statements, lines] of rows) {
  test(statements, () => {
    const compiled = script(`route { ${statements} }`);
    assert.deepEqual(compiled.routes.problems, []);
    compiled.run();
    assert.deepEqual(compiled.lines, lines);
    assert.deepEqual(compiled.complaints, []);
  });
}
