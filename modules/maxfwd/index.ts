import type {
  Command,
  Manifest,
  ModuleFactory,
  PreparedArgument,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import { createHops, MALFORMED, MISSING } from './hops.ts';

/** OpenSIPS: MAXFWD_UPPER_LIMIT. */
const upperLimit = 256;

export const manifest = {
  name: 'maxfwd',
  description: 'Max-Forwards: counts hops down and ends loops (RFC 3261 §16.6).',
  params: {
    max_limit: {
      type: 'integer',
      description: 'A larger value in a message is cut to this one.',
      default: upperLimit,
      minimum: 1,
      maximum: upperLimit,
    },
  },
  commands: {
    mf_process_maxfwd_header: {
      params: ['i'],
      paramNames: ['value for a message without the header'],
      routes: ['R'],
      description:
        'Counts Max-Forwards down: 1; 2 where it was added; -1 where it has come to 0; -2 where it is malformed.',
    },
    is_maxfwd_lt: {
      params: ['i'],
      paramNames: ['limit'],
      routes: ['R', 'F', 'B'],
      description:
        '1 where Max-Forwards is below the limit, -1 where not, -2 without it, -3 where it is malformed.',
    },
  },
} as const satisfies Manifest;

const createModule: ModuleFactory = (host) => {
  const maxLimit = Number(host.params.max_limit ?? upperLimit);
  const hops = createHops();

  const countDown = (run: ScriptRun, added: number): number => {
    const value = hops.read(run);
    if (value === MISSING) {
      hops.add(run, added);
      return 2;
    }
    if (value === MALFORMED) {
      host.log.error('is_maxfwd_present', 'unable to parse the max forwards number');
      return -2;
    }
    if (value === 0) return -1;
    hops.replace(run, Math.min(value - 1, maxLimit));
    return 1;
  };

  const isBelow = (run: ScriptRun, limit: number): number => {
    const value = hops.read(run);
    // Missing is -2 and malformed is -3 here, one less than what reading answers.
    if (value < 0) return value - 1;
    return value < limit ? 1 : -1;
  };

  return {
    commands: {
      mf_process_maxfwd_header: withNumber(maxLimit, countDown),
      is_maxfwd_lt: withNumber(maxLimit, isBelow),
    },
    init() {
      host.log.info('mod_init', 'initializing...');
    },
  };
};

export default createModule;

/** A function of one number from 1 to max_limit, which is judged at the start where it stands in the script. */
function withNumber(maxLimit: number, run: (run: ScriptRun, value: number) => number): Command {
  return {
    prepare([argument]) {
      const value = argument?.constant;
      if (typeof value === 'number') judge(value, maxLimit);
      return (current) => run(current, numberOf(argument, current, maxLimit));
    },
  };
}

function numberOf(argument: PreparedArgument | undefined, run: ScriptRun, maxLimit: number): number {
  const value = argument?.evaluate(run);
  if (typeof value !== 'number') throw new TypeError('a number is needed');
  judge(value, maxLimit);
  return value;
}

function judge(value: number, maxLimit: number): void {
  if (value < 1 || value > upperLimit)
    throw new RangeError(`invalid MAXFWD number <${value}> [1,${upperLimit}]`);
  if (value > maxLimit) throw new RangeError(`default value <${value}> bigger than max limit(${maxLimit})`);
}
