import type { Logger } from '../../runtime/module-exports.ts';

type Write = (caller: string, message: string) => void;

/** Writes `LEVEL:caller: message` to a list; whether `debugOn` and `infoOn` are told as true is the second argument. */
export function recorder(lines: string[], on = true): Logger {
  return logger(on, (level) => (caller, message) => {
    lines.push(`${level}:${caller}: ${message}`);
  });
}

/** Where nobody reads the log. */
export const silent: Logger = logger(false, () => () => undefined);

function logger(on: boolean, at: (level: string) => Write): Logger {
  return {
    debugOn: on,
    infoOn: on,
    alert: at('ALERT'),
    critical: at('CRITICAL'),
    error: at('ERROR'),
    warning: at('WARNING'),
    notice: at('NOTICE'),
    info: at('INFO'),
    debug: at('DBG'),
    plain: (level, message) => at(String(level))('', message),
  };
}
