import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeTlsFiles } from '../modules/tls-domains.ts';
import { ofTsipsAlone } from './proxy.ts';
import { describeScript, type Pair } from './script-flows.ts';

const folder = fileURLToPath(new URL('../../../test/fixtures/residential/', import.meta.url));

const pairs: readonly Pair[] = [
  { alice: 'udp', bob: 'ws', tablet: 'tcp' },
  { alice: 'ws', bob: 'udp', tablet: 'ws' },
  { alice: 'tcp', bob: 'wss', tablet: 'udp' },
  { alice: 'wss', bob: 'tcp', tablet: 'ws' },
];

const files = await makeTlsFiles();

function scriptOf(name: string) {
  const text = readFileSync(`${folder}${name}.cfg`, 'latin1');
  return { text, folder: files.folder, authority: files.root.certificate, hidesAddress: true };
}

for (const version of ['2.2', '2.4', '3.1', '3.4', '4.0']) {
  describeScript(`the residential script of OpenSIPS ${version}`, scriptOf(version), pairs);
}

// OpenSIPS does not find browsers by such a script.
if (!ofTsipsAlone) {
  describeScript('RFC 7118 §5: a script that knows nothing of browsers', scriptOf('plain'), [
    { alice: 'ws', bob: 'wss', tablet: 'ws' },
    { alice: 'udp', bob: 'ws', tablet: 'tcp' },
  ]);
}
