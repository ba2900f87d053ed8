/** Counts how often the script was reached, and lets runs wait. */
export const manifest = {
  name: 'witness',
  description: 'Counts runs of the script.',
  commands: {
    reached: { params: [], routes: '*', description: 'Counts one.' },
    pause: { params: [], routes: '*', description: 'Goes on in a later turn of the event loop.' },
  },
  statistics: { reached: { description: 'runs counted' } },
};

export default (host) => {
  const counter = host.statistics.counter('reached');
  return {
    commands: {
      reached: () => {
        counter.value += 1;
        return true;
      },
      pause: () => new Promise((resolve) => setImmediate(() => resolve(1))),
    },
  };
};
