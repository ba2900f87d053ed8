import { readFileSync } from 'node:fs';

/** A config of one feature and what six versions of OpenSIPS said of it. */
export interface Probe {
  readonly name: string;
  /** With placeholders; see probes.json. */
  readonly config: string;
  /** By version: `ok`, or the first message. */
  readonly verdicts: Readonly<Record<string, string>>;
}

interface ProbeFile {
  readonly probes: readonly Probe[];
}

const file = new URL('../../../../test/grammar/probes/probes.json', import.meta.url);

/** All probes, with a verdict for each version. */
export function readProbes(): readonly Probe[] {
  const { probes } = JSON.parse(readFileSync(file, 'utf8')) as ProbeFile;
  return probes.map((probe) => ({ ...probe, verdicts: byVersion(probe.verdicts) }));
}

function byVersion(grouped: Readonly<Record<string, string>>): Record<string, string> {
  const verdicts: Record<string, string> = {};
  for (const [group, verdict] of Object.entries(grouped)) {
    for (const version of group.split(' ')) verdicts[version] = verdict;
  }
  return verdicts;
}

/** A probe's config for a version, one character a byte. */
export function configFor(probe: Probe, version: string): string {
  const text = probe.config
    .replaceAll('@L@', version < '3' ? 'listen' : 'socket')
    .replaceAll('@MN@', '/modules')
    .replaceAll('@M@', '/modules/')
    .replaceAll('@TO@', version < '3.2' ? '' : 'loadmodule "tls_openssl.so"\n')
    .replaceAll('@INC@', '/included.cfg')
    .replaceAll('@INC2@', '/statement.cfg');
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The files that probes include. */
export function readIncluded(path: string): string | undefined {
  if (path === '/included.cfg') return 'route { exit; }\n';
  return path === '/statement.cfg' ? 'exit;\n' : undefined;
}

/** Versions whose verdict is `ok`. */
export function acceptedBy(probe: Probe): string[] {
  return Object.keys(probe.verdicts).filter((version) => probe.verdicts[version] === 'ok');
}

/** Where a version printed a syntax error: line and column. */
export function syntaxErrorOf(verdict: string): { line: number; column: number } | undefined {
  const found = /^(\d+):(\d+)-\d+ syntax error$/.exec(verdict);
  return found === null ? undefined : { line: Number(found[1]), column: Number(found[2]) };
}
