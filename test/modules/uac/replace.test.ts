import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measuredScripts } from '../measured-scripts.ts';

const file = fileURLToPath(new URL('../../../../test/modules/uac/measured.json', import.meta.url));
const { rows }: { rows: readonly { rule: string; sent: string }[] } = JSON.parse(readFileSync(file, 'utf8'));
const sent = (rule: string) => rows.find((row) => row.rule === rule)?.sent ?? '';

measuredScripts('uac', {
  'no display': {
    sent: sent('no display').replace('From:  <', 'From: <'),
    reason: 'one blank stands in front of the URI',
  },
  both: {
    sent: sent('both').replace(/(;vst=[^;>]*)(;vsf=[^;>]*)/, '$2$1'),
    reason: 'parameters of Record-Route stand in the order of the calls',
  },
});
