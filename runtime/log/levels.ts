/** One level of OpenSIPS's log (dprint.h `L_*`), and what other systems call it. */
interface LevelFacts {
  /** OpenSIPS's number: -3 to 4, 0 unused. */
  readonly level: number;
  /** The word in a line. */
  readonly text: string;
  /** The name of winston's level. */
  readonly name: string;
  /** RFC 5424 §6.2.1. */
  readonly severity: number;
}

export const ALERT = -3;
export const CRITICAL = -2;
export const ERROR = -1;
export const WARNING = 1;
export const NOTICE = 2;
export const INFO = 3;
export const DEBUG = 4;

export const levels: readonly LevelFacts[] = [
  { level: ALERT, text: 'ALERT', name: 'alert', severity: 1 },
  { level: CRITICAL, text: 'CRITICAL', name: 'critical', severity: 2 },
  { level: ERROR, text: 'ERROR', name: 'error', severity: 3 },
  { level: WARNING, text: 'WARNING', name: 'warning', severity: 4 },
  { level: NOTICE, text: 'NOTICE', name: 'notice', severity: 5 },
  { level: INFO, text: 'INFO', name: 'info', severity: 6 },
  { level: DEBUG, text: 'DBG', name: 'debug', severity: 7 },
];

const byNumber: readonly (LevelFacts | undefined)[] = Array.from({ length: 8 }, (_, index) =>
  levels.find((facts) => facts.level === index + ALERT),
);

/** The facts of a level; numbers outside -3..4 count as the nearest, 0 as WARNING. */
export function levelFacts(level: number): LevelFacts {
  const within = Math.min(DEBUG, Math.max(ALERT, Math.trunc(level)));
  return byNumber[within - ALERT] ?? WARNING_FACTS;
}

const WARNING_FACTS: LevelFacts = { level: WARNING, text: 'WARNING', name: 'warning', severity: 4 };
