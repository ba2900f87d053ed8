import {
  getLookaheadPaths,
  type ILookaheadStrategy,
  type IOrAlt,
  type IToken,
  LLkLookaheadStrategy,
  type LookaheadProductionType,
  type LookaheadSequence,
  type TokenType,
} from 'chevrotain';
import { allTokens } from './tokens.ts';

/** What the next token decides at one place of the grammar. */
export interface Decision {
  /**
   * `choice`: which of several ways to go; `trial`: the same where ways have conditions (`GATE`) or may be empty, so
   * that each is tried in its turn; `option`: whether to go in at all.
   */
  readonly kind: 'choice' | 'trial' | 'option';
  /** What each way begins with; an option has one way. */
  readonly ways: readonly Start[];
}

/** Tokens, as positions in `allTokens`; any where the way may be empty. */
type Start = readonly number[] | 'any';

/** All of a grammar, by the numbers that chevrotain gives its places. */
export type Decisions = readonly (readonly [place: number, decision: Decision])[];

/** Answers the way to go, or whether to go in. */
export type Decide = ReturnType<
  ILookaheadStrategy['buildLookaheadForAlternation'] | ILookaheadStrategy['buildLookaheadForOptional']
>;

type ChoicePlace = Parameters<ILookaheadStrategy['buildLookaheadForAlternation']>[0];
type OptionPlace = Parameters<ILookaheadStrategy['buildLookaheadForOptional']>[0];

/** Works the decisions out from the recorded grammar, and remembers them, so that they can be written down. */
export class Deciding extends LLkLookaheadStrategy {
  private readonly made = new Map<unknown, Decision>();

  override buildLookaheadForAlternation(place: ChoicePlace) {
    const ways = startsOf(pathsAt(place, 'Alternation'));
    const inTurn = place.hasPredicates || ways.includes('any');
    const decide = inTurn ? trial(ways) : choice(ways);
    this.made.set(decide, { kind: inTurn ? 'trial' : 'choice', ways });
    return decide;
  }

  override buildLookaheadForOptional(place: OptionPlace) {
    // The second one is what follows where it is left out.
    const ways = startsOf(pathsAt(place, place.prodType).slice(0, 1));
    const decide = option(ways);
    this.made.set(decide, { kind: 'option', ways });
    return decide;
  }

  /** What a function made here decides by. */
  behind(decide: unknown): Decision | undefined {
    return this.made.get(decide);
  }
}

/** The function for a decision that was worked out before. */
export function decideBy({ kind, ways }: Decision): Decide {
  if (kind === 'option') return option(ways);
  return kind === 'choice' ? choice(ways) : trial(ways);
}

interface Reader {
  LA(ahead: number): IToken;
}

function choice(ways: readonly Start[]) {
  const byToken: (number | undefined)[] = [];
  ways.forEach((start, way) => {
    for (const index of indices(start)) byToken[index] ??= way;
  });
  return function (this: Reader): number | undefined {
    return byToken[this.LA(1).tokenTypeIdx];
  };
}

function trial(ways: readonly Start[]) {
  const begins = ways.map((start) => (start === 'any' ? start : new Set(indices(start))));
  return function (this: Reader, alternatives: readonly IOrAlt<unknown>[] = []): number | undefined {
    const { tokenTypeIdx } = this.LA(1);
    const way = alternatives.findIndex(({ GATE }, at) => {
      const start = begins[at];
      return (start === 'any' || start?.has(tokenTypeIdx)) && GATE?.call(this) !== false;
    });
    return way < 0 ? undefined : way;
  };
}

function option([start = []]: readonly Start[]) {
  const goesIn: (boolean | undefined)[] = [];
  for (const index of indices(start)) goesIn[index] = true;
  return function (this: Reader): boolean {
    return goesIn[this.LA(1).tokenTypeIdx] === true;
  };
}

function pathsAt(
  { rule, prodOccurrence, maxLookahead }: ChoicePlace | OptionPlace,
  prodType: LookaheadProductionType,
): LookaheadSequence[] {
  return getLookaheadPaths({ rule, occurrence: prodOccurrence, prodType, maxLookahead });
}

/** Of paths that are one token long at most. */
function startsOf(ways: readonly LookaheadSequence[]): Start[] {
  return ways.map((paths) => {
    const first = paths.flatMap((path) => path.slice(0, 1));
    return first.length < paths.length ? 'any' : first.flatMap(positions);
  });
}

/** Of the token and of all that belong to its category. */
function positions({ tokenTypeIdx, categoryMatches = [] }: TokenType): number[] {
  const wanted = new Set([tokenTypeIdx, ...categoryMatches]);
  return allTokens.flatMap((type, position) => (wanted.has(type.tokenTypeIdx) ? [position] : []));
}

function indices(start: Start): number[] {
  const tokens = start === 'any' ? allTokens : start.flatMap((position) => allTokens[position] ?? []);
  return tokens.flatMap(({ tokenTypeIdx }) => tokenTypeIdx ?? []);
}
