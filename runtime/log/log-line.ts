/** One line of the log as data. */
export interface LogLine {
  /** OpenSIPS's number, -3 (ALERT) to 4 (DBG). */
  readonly level: number;
  /** Both absent for xlog and for lines that carry neither. */
  readonly module: string | undefined;
  readonly caller: string | undefined;
  /** With its newline, where it has one. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** By its name in OpenSIPS, for syslog; the one of the settings where it is absent. */
  readonly facility?: string | undefined;
}

/** What is the same in all lines of a process. */
export interface LineFacts {
  readonly pid: number;
  /** `log_prefix`, without the colon; '' for none. */
  readonly prefix: string;
  /** `log_name`: the name that syslog shows. */
  readonly name: string;
  readonly hostname: string;
}
