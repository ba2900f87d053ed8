import { addAll, type ByteSet, emptySet, overlap } from './byte-set.ts';
import { isNullable, type PatternNode } from './pattern-tree.ts';

/** A pattern with more places for a character is not looked at closely. */
const maxPlaces = 300;

/** A place of the pattern that takes a character, and the characters that may follow at any of the next places. */
interface Place {
  readonly takes: ByteSet;
  readonly follows: ByteSet;
}

interface Ends {
  readonly nullable: boolean;
  readonly first: readonly Place[];
  readonly last: readonly Place[];
}

class Ambiguous extends Error {}

/**
 * Whether every text has one way only through the pattern: behind each character at most one place can take the next
 * one (Glushkov's automaton is deterministic), and no repetition can be gone round in two ways. A backtracking engine
 * then looks at each character once from one start, and, as its repetitions are greedy, its first match is the longest.
 */
export function hasOneWay(tree: PatternNode): boolean {
  let places = 0;

  function place(takes: ByteSet): Ends {
    places++;
    if (places > maxPlaces) throw new Ambiguous();
    const only: Place = { takes, follows: emptySet() };
    return { nullable: false, first: [only], last: [only] };
  }

  function join(before: Ends, behind: Ends): Ends {
    connect(before.last, behind.first);
    return {
      nullable: before.nullable && behind.nullable,
      first: before.nullable ? [...before.first, ...behind.first] : before.first,
      last: behind.nullable ? [...before.last, ...behind.last] : behind.last,
    };
  }

  function look(node: PatternNode): Ends {
    switch (node.kind) {
      case 'set':
        return place(node.set);
      case 'assertion':
        return nothing;
      case 'group':
        return look(node.body);
      case 'sequence':
        return node.parts.map(look).reduce(join, nothing);
      case 'choice':
        return lookAtChoice(node.branches);
      case 'repeat':
        return lookAtRepeat(node.body, node.min, node.max);
    }
  }

  function lookAtChoice(branches: readonly PatternNode[]): Ends {
    if (branches.some(isNullable)) throw new Ambiguous();
    const ends = branches.map(look);
    return {
      nullable: false,
      first: ends.flatMap(({ first }) => first),
      last: ends.flatMap(({ last }) => last),
    };
  }

  function lookAtRepeat(body: PatternNode, min: number, max: number): Ends {
    if (isNullable(body)) throw new Ambiguous();
    const copies = max === Number.POSITIVE_INFINITY ? Math.max(min, 1) : max;
    let whole = nothing;
    for (let copy = 0; copy < copies; copy++) {
      const one = look(body);
      if (copy === copies - 1 && max === Number.POSITIVE_INFINITY) connect(one.last, one.first);
      whole = join(whole, copy < min ? one : { ...one, nullable: true });
    }
    return whole;
  }

  try {
    distinct(look(tree).first, emptySet());
    return true;
  } catch (error) {
    if (error instanceof Ambiguous) return false;
    throw error;
  }
}

const nothing: Ends = { nullable: true, first: [], last: [] };

function connect(before: readonly Place[], behind: readonly Place[]): void {
  for (const { follows } of before) distinct(behind, follows);
}

/** Adds what places take to a set that none of them may meet. */
function distinct(places: readonly Place[], taken: ByteSet): void {
  for (const { takes } of places) {
    if (overlap(taken, takes)) throw new Ambiguous();
    addAll(taken, takes);
  }
}
