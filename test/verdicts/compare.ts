import { type Catalogue, inRange, loadCatalogue } from '../../grammar/index.ts';
import { blankRejectedGlobals, foreignSocketLine } from './blank-lines.ts';
import { createJudge, type Judge, type Judged, type Told } from './judge.ts';
import { findUnloadable, type Loading } from './loadable.ts';
import { askedVersions, type Kind, kinds, type Original, readVerdict, type Verdict } from './original.ts';
import type { Sample } from './samples.ts';

/** One text that one version was asked about. */
interface Run {
  readonly file: string;
  readonly version: string;
  /** Whether the globals that the version rejects were blanked. */
  readonly blanked: boolean;
  readonly text: string;
  readonly verdict: Verdict;
}

/** What is compared: `file`, whether a file is taken or refused; and what is said by kind. */
export type Subject = 'file' | Kind;

type State = 'agrees' | 'differs' | 'not comparable';

/** How tsips and the original stand to each other in one run, for one subject. */
export interface Comparison {
  readonly file: string;
  readonly version: string;
  readonly blanked: boolean;
  readonly subject: Subject;
  readonly state: State;
  /** The original told the place of its first message of that kind, so that it was compared. */
  readonly placed: boolean;
  /** What each said: a place, `somewhere`, or `nothing`. */
  readonly original: string;
  readonly tsips: string;
}

export interface Compared {
  readonly comparisons: readonly Comparison[];
  /** By version: the modules that the version has and the original could not load, as its messages tell. */
  readonly unloadable: ReadonlyMap<string, readonly string[]>;
}

/** Asks tsips what the originals were asked. */
export async function compareSamples(samples: readonly Sample[]): Promise<Compared> {
  const [catalogue, judge] = await Promise.all([loadCatalogue(), createJudge()]);
  const runs = askedVersions.flatMap((version) =>
    samples.flatMap((sample) => runsOf(sample, version, catalogue)),
  );
  const unloadable = findMissing(runs, judge, catalogue);
  const comparisons = runs.flatMap((run) =>
    compareRun(run, judge(run.text, run.version, unloadable.get(run.version) ?? new Set()), catalogue),
  );
  const listed = [...unloadable].map(([version, names]) => [version, [...names].sort()] as const);
  return { comparisons, unloadable: new Map(listed) };
}

/** The text as it is; and without the globals that the version rejects, where it has any. */
function runsOf({ file, text, opensips }: Sample, version: string, catalogue: Catalogue): readonly Run[] {
  const verdict = opensips[version];
  if (!verdict) return [];
  const blank = blankRejectedGlobals(text, version, catalogue);
  const asItIs: Run = { file, version, blanked: false, text, verdict };
  return blank === text
    ? [asItIs]
    : [asItIs, { file, version, blanked: true, text: blank, verdict: verdict.without_rejected_globals }];
}

/** By version, what it has by the catalogue and the original did not load. */
function findMissing(
  runs: readonly Run[],
  judge: Judge,
  catalogue: Catalogue,
): ReadonlyMap<string, ReadonlySet<string>> {
  const loadings = new Map(
    askedVersions.map((version) => [
      version,
      runs.flatMap((run) => (run.version === version ? (loadingOf(run, judge) ?? []) : [])),
    ]),
  );
  const among = (version: string, suspects: ReadonlySet<string>) => {
    const names = [...findUnloadable(loadings.get(version) ?? [], suspects)];
    return new Set(names.filter((name) => hasModule(name, version, catalogue)));
  };
  const suspects = new Set(askedVersions.flatMap((version) => [...among(version, new Set())]));
  return new Map(askedVersions.map((version) => [version, among(version, suspects)]));
}

function hasModule(name: string, version: string, catalogue: Catalogue): boolean {
  const chapter = catalogue.module(name);
  return chapter !== undefined && inRange(version, chapter);
}

/** What the original loaded in a run; undefined where it may have stopped above a `loadmodule` line. */
function loadingOf({ text, version, verdict }: Run, judge: Judge): Loading | undefined {
  const original = readVerdict(verdict);
  const judged = judge(text, version, new Set());
  if (!hasReadAll('module', original, judged)) return undefined;
  return {
    modules: [...new Set(judged.loaded)],
    unloaded: original.numbers.module,
    named: original.first?.kind === 'module' ? [original.first.place] : [],
  };
}

function compareRun(run: Run, judged: Judged, catalogue: Catalogue): readonly Comparison[] {
  const { file, version, blanked, text, verdict } = run;
  const read = readVerdict(verdict, foreignSocketLine(text, version, catalogue));
  const original = decided(read, judged);
  const common = { file, version, blanked };
  return [
    { ...common, ...compareWhole(original, judged) },
    ...kinds.map((kind) => ({ ...common, ...compareKind(kind, original, judged) })),
  ];
}

type Finding = Omit<Comparison, 'file' | 'version' | 'blanked'>;

function compareWhole(original: Original, judged: Judged): Finding {
  const agrees = original.refused === judged.refused;
  return {
    subject: 'file',
    state: original.forValuesAlone ? 'not comparable' : agrees ? 'agrees' : 'differs',
    placed: false,
    original: original.refused ? 'refused' : 'taken',
    tsips: judged.refused ? 'refused' : 'taken',
  };
}

function compareKind(kind: Kind, original: Original, judged: Judged): Finding {
  return {
    subject: kind,
    state: stateOf(kind, original, judged),
    placed: original.first?.kind === kind,
    original: describeOriginal(kind, original),
    tsips: describeTold(judged.told.filter((one) => one.kind === kind)),
  };
}

function describeOriginal(kind: Kind, { told, numbers, first }: Original): string {
  if (!told.has(kind)) return 'nothing';
  const places = `${numbers[kind]} place${numbers[kind] === 1 ? '' : 's'}`;
  return first?.kind === kind ? `${places}, ${first.place}` : places;
}

function describeTold(told: readonly Told[]): string {
  const [first] = told;
  if (!first) return 'nothing';
  const places = `${told.length} place${told.length === 1 ? '' : 's'}`;
  return [places, `line ${first.line}`, first.name].filter(Boolean).join(', ');
}

/** Where the original's `syntax error` may have meant an unknown global, it meant what tsips finds first. */
function decided(original: Original, { told }: Judged): Original {
  if (!original.perhapsGlobal || firstStop(told)?.kind !== 'global') return original;
  const others = [...original.told].filter((kind) => kind !== 'syntax');
  return { ...original, told: new Set<Kind>([...others, 'global']) };
}

function stateOf(kind: Kind, original: Original, judged: Judged): State {
  const told = judged.told.filter((one) => one.kind === kind);
  const [first] = told;
  const readAll = hasReadAll(kind, original, judged);
  if (!original.told.has(kind)) {
    if (first && (readAll || first.line < stopOf(original, judged))) return 'differs';
    return readAll ? 'agrees' : 'not comparable';
  }
  if (!first || !isThere(first, original)) return 'differs';
  const isCounted = readAll && !isStop(kind) && !told.some(({ ofForm }) => ofForm);
  return isCounted && told.length !== original.numbers[kind] ? 'differs' : 'agrees';
}

function isThere({ kind, line, name }: Told, { first }: Original): boolean {
  return first?.kind !== kind || first.place === `line ${line}` || first.place === name;
}

/** The original has seen every line that can hold something of the kind, and all that it said of it is known. */
function hasReadAll(kind: Kind, original: Original, judged: Judged): boolean {
  return !original.cut && judged.lastLine(kind) < stopOf(original, judged);
}

/**
 * The line where the original stopped reading, behind all where it did not. Where it tells of a stop and not where, it is
 * the line where tsips says that it has to; 0 where nothing tells. OpenSIPS reads on after everything else.
 */
function stopOf({ first, told: kindsTold, cut }: Original, { told }: Judged): number {
  if (first && isStop(first.kind)) return Number(first.place.slice('line '.length));
  const stopped = [...kindsTold].some(isStop);
  if (!stopped && !cut) return Number.POSITIVE_INFINITY;
  return stopped ? (firstStop(told)?.line ?? 0) : 0;
}

function firstStop(told: readonly Told[]): Told | undefined {
  return told.find(({ kind }) => isStop(kind));
}

function isStop(kind: Kind): boolean {
  return kind === 'syntax' || kind === 'global';
}
