import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exampleFolder } from '../example-folder.ts';
import { describeScript, type Pair } from './script-flows.ts';

const pairs: readonly Pair[] = [
  { alice: 'udp', bob: 'ws', tablet: 'udp' },
  { alice: 'ws', bob: 'udp', tablet: 'wss' },
  { alice: 'wss', bob: 'ws', tablet: 'wss' },
];

const { config, certificates, authority } = exampleFolder();
const text = readFileSync(config, 'latin1').replaceAll('certs/dev/', `${certificates}/`);
const script = { text, folder: dirname(config), authority, hidesAddress: true };
describeScript('the shipped example', script, pairs);
