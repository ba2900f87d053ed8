import type { ChangeFacts, Dated, Lifetime, RenameFacts } from '../catalogue.ts';
import { compareVersions, describeLifetime, newestVersion } from '../versions/order.ts';
import { describeKnown, describeOurs } from './describe.ts';
import type { Found, ReferenceEntry } from './entries.ts';
import { kindTitles, type Ours } from './kinds.ts';

/** The entries of a name for people, a blank line between them; lines end with a newline. */
export function printEntries({ entries, notInVersion }: Found, version?: string): string {
  const note =
    notInVersion && version !== undefined ? `OpenSIPS ${version} does not have it; others do:\n\n` : '';
  return `${note}${entries.map(printEntry).join('\n')}`;
}

function printEntry(entry: ReferenceEntry): string {
  const { kind, owner, opensips, changes, successor, formerly, tsips } = entry;
  const of = kind === 'module' ? '' : owner === 'core' ? ' of the core' : ` of the module ${owner}`;
  const lines = [
    `${writtenName(entry)}: ${kindTitles[kind]}${of}`,
    ...opensipsLines(entry),
    ...changes.map((change) => `    ${changeInWords(change)}`),
    ...(formerly.length > 0 ? [`  formerly ${formerly.join(', ')}`] : []),
    ...(successor ? [`  ${successorInWords(successor, opensips)}`] : []),
    ...oursLines(tsips),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The name as a config writes it. */
function writtenName({ kind, name, owner }: ReferenceEntry): string {
  switch (kind) {
    case 'variable':
      return `$${name}`;
    case 'transformation':
      return `{${name}}`;
    case 'function':
    case 'async':
      return `${name}()`;
    case 'param':
    case 'stat':
      return `${owner}:${name}`;
    default:
      return name;
  }
}

function opensipsLines({ kind, opensips }: ReferenceEntry): string[] {
  if (opensips.length === 0) return ['  OpenSIPS does not have it'];
  const ranges = new Map<string, Lifetime[]>();
  for (const { facts, ...lifetime } of opensips) {
    const says = describeKnown(kind, facts);
    ranges.set(says, [...(ranges.get(says) ?? []), lifetime]);
  }
  const lifetime = describeLifetime(opensips);
  const [only = '', ...others] = ranges.keys();
  if (others.length === 0) return [`  OpenSIPS: ${lifetime}${only === '' ? '' : `; ${only}`}`];
  return [
    `  OpenSIPS: ${lifetime}`,
    ...[...ranges].map(([says, some]) => `    ${describeLifetime(some)}${says === '' ? '' : `: ${says}`}`),
  ];
}

const changeVerbs = {
  added: 'came',
  removed: 'went',
  changed: 'changed its form',
  default: 'changed its default',
};

function changeInWords({ change, release, from, to, since }: Dated<ChangeFacts>): string {
  const values = from !== undefined && to !== undefined ? ` from ${from} to ${to}` : '';
  return `${changeVerbs[change]}${values} within ${since}${release === undefined ? '' : ` (${release})`}`;
}

function successorInWords(
  { to, toModule, note, documented }: RenameFacts,
  opensips: ReferenceEntry['opensips'],
): string {
  if (to === undefined) return note === undefined ? 'gone without a successor' : `gone: ${note}`;
  const more = note === undefined ? '' : ` (${note})`;
  const where =
    toModule === undefined ? '' : ` of the ${toModule === 'core' ? 'core' : `module ${toModule}`}`;
  if (documented) return `a slip of the manual for ${to}${more}`;
  const last = opensips.at(-1)?.until ?? newestVersion;
  const verb = compareVersions(last, newestVersion) < 0 ? 'its name is now' : 'its newer name is';
  return `${verb} ${to}${where}${more}`;
}

function oursLines(tsips: Ours | undefined): string[] {
  if (!tsips) return ['  tsips does not have it'];
  const description = descriptionOf(tsips);
  const facts = describeOurs(tsips);
  const noEffect = whyNoEffect(tsips);
  return [
    `  tsips: ${description === '' ? 'has it' : description}`,
    ...(facts === '' ? [] : [`    ${facts}`]),
    ...(noEffect === undefined ? [] : [`    no effect here: ${noEffect}`]),
  ];
}

function descriptionOf(ours: Ours): string {
  if (ours.kind === 'function' || ours.kind === 'async') {
    return ours.facts.find(({ description }) => description)?.description ?? '';
  }
  return ours.facts.description ?? '';
}

function whyNoEffect(ours: Ours): string | undefined {
  if (ours.kind === 'param') return ours.facts.noEffect;
  return ours.kind === 'global' && ours.facts.support !== 'works' ? ours.facts.why : undefined;
}
