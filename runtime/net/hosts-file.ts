import { readFile } from 'node:fs/promises';
import { familyOf } from './addresses.ts';

const hostsFile = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';

/** The addresses that the hosts file of this machine gives a name; none where it does not know the name. */
export async function readHostsFile(name: string, family: 4 | 6): Promise<readonly string[]> {
  return hostsEntries(await readFile(hostsFile, 'latin1').catch(() => ''), name, family);
}

/** hosts(5): an address and its names a line, `#` begins a comment. */
export function hostsEntries(text: string, name: string, family: 4 | 6): readonly string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const isMeant = familyOf(address) === family && names.some((each) => each.toLowerCase() === wanted);
    return isMeant ? [address] : [];
  });
}
