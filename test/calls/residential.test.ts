import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeTlsFiles } from '../modules/tls-domains.ts';
import { describeScript, type Pair } from './script-flows.ts';

const folder = fileURLToPath(new URL('../../../test/fixtures/residential/', import.meta.url));

const pairs: readonly Pair[] = [
  { alice: 'udp', bob: 'ws', tablet: 'tcp' },
  { alice: 'ws', bob: 'udp', tablet: 'ws' },
  { alice: 'tcp', bob: 'wss', tablet: 'udp' },
  { alice: 'wss', bob: 'tcp', tablet: 'ws' },
];

const files = await makeTlsFiles();

for (const version of ['2.2', '2.4', '3.1', '3.4', '4.0']) {
  const text = readFileSync(`${folder}${version}.cfg`, 'latin1');
  const script = {
    text,
    folder: files.folder,
    authority: files.root.certificate,
    hidesAddress: true,
  };
  describeScript(`the residential script of OpenSIPS ${version}`, script, pairs);
}
