import type { Command, ModuleHost } from '../../runtime/module-exports.ts';

/** The functions that decide by chance. */
export function chanceCommands(
  { log }: Pick<ModuleHost, 'log'>,
  initialProbability: number,
): Readonly<Record<string, Command>> {
  let probability = initialProbability;
  return {
    rand_event: (_run, percent) =>
      Math.random() < (typeof percent === 'number' ? percent : probability) / 100,
    rand_set_prob: (_run, percent) => {
      probability = Number(percent);
    },
    rand_reset_prob: () => {
      probability = initialProbability;
    },
    rand_get_prob: () => probability,
    set_select_weight: {
      prepare:
        ([weights]) =>
        (run) => {
          const values = weights?.variable?.getAll(run) ?? [];
          const numbers = values.filter((value) => typeof value === 'number');
          if (numbers.length < values.length) {
            log.error('set_select_weight', 'the variable has values that are no integers');
            return -1;
          }
          return selectByWeight(numbers);
        },
    },
    shuffle_avps: {
      prepare([list]) {
        const { variable } = list ?? {};
        if (variable?.name !== 'avp') throw new TypeError('the argument must be an AVP');
        return (run) => {
          const values = run.avps.get(variable.inner(run));
          if (values) shuffle(values);
          return true;
        };
      },
    },
  };
}

/** The index, -1 where there is nothing to choose from. */
function selectByWeight(weights: readonly number[]): number {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (weights.length < 2 || sum <= 0) return weights.length === 1 ? 0 : -1;
  let left = Math.floor(Math.random() * sum);
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}

/** Fisher and Yates. */
function shuffle(values: unknown[]): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
}

/** `$RANDOM` */
export const randomNumber = (): number => Math.floor(Math.random() * 2 ** 31);
