import type { CommandFunction, ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import { chanceCommands, randomNumber } from './chance.ts';
import { timeField } from './clock-variables.ts';
import { clockCommands } from './clocks.ts';
import { createLocks } from './locks.ts';
import { manifest } from './manifest.ts';
import { readSettings, sharedVariables } from './shared-variables.ts';
import { timeCommand } from './time-expression.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { params, log } = host;
  const dynamic = createLocks(host);
  const fixed = createLocks(host);
  const waits = { sleep: waiting(host, 1000), usleep: waiting(host, 0.001) };
  return {
    commands: {
      ...waits,
      ...chanceCommands(host, Number(params.initial_probability)),
      ...clockCommands(host),
      check_time_rec: timeCommand(host),
      get_static_lock: fixed.take,
      release_static_lock: fixed.release,
      get_dynamic_lock: dynamic.take,
      release_dynamic_lock: dynamic.release,
      strings_share_lock: (_run, one, other) => one === other,
      set_count: {
        prepare:
          ([counted, result]) =>
          (run) =>
            result?.variable?.set(run, counted?.variable?.getAll(run).length ?? 0),
      },
      /** Deviation: OpenSIPS ends its process; here one run cannot end those of others. */
      abort() {
        log.critical('dbg_abort', 'abort called');
        throw new Error('abort() was called');
      },
      pkg_status: memoryStatus(host),
      shm_status: memoryStatus(host),
    },
    asyncCommands: waits,
    firstValues: readSettings(params.varset),
    variables: {
      shv: sharedVariables(readSettings(params.shvset)),
      RANDOM: { get: randomNumber },
      ctime: { get: (_run, field) => timeField(field, new Date()) },
      env: { get: (_run, name) => process.env[name] ?? null },
    },
    init() {
      log.info('mod_init', `module initialized, pid [${process.pid}]`);
    },
    destroy() {
      fixed.stop();
      dynamic.stop();
    },
  };
};

export default createModule;

function waiting({ timers }: ModuleHost, milliseconds: number): CommandFunction {
  return (_run, time) => {
    const wait = Number(time) * milliseconds;
    if (!(wait > 0)) return true;
    return new Promise((resolve) => timers.after(wait, () => resolve(true)));
  };
}

function memoryStatus({ log }: ModuleHost): CommandFunction {
  return () => {
    const { rss, heapUsed, heapTotal } = process.memoryUsage();
    log.notice('memory_status', `resident ${rss}, heap ${heapUsed} of ${heapTotal} bytes`);
  };
}
