/** `log_facility` and `syslog_facility` by their names in OpenSIPS (dprint.c `str_fac`): RFC 5424 §6.2.1. */
export const facilities: Readonly<Record<string, { readonly code: number; readonly name: string }>> = {
  LOG_KERN: { code: 0, name: 'kern' },
  LOG_USER: { code: 1, name: 'user' },
  LOG_MAIL: { code: 2, name: 'mail' },
  LOG_DAEMON: { code: 3, name: 'daemon' },
  LOG_AUTH: { code: 4, name: 'auth' },
  LOG_SYSLOG: { code: 5, name: 'syslog' },
  LOG_LPR: { code: 6, name: 'lpr' },
  LOG_NEWS: { code: 7, name: 'news' },
  LOG_UUCP: { code: 8, name: 'uucp' },
  LOG_CRON: { code: 9, name: 'cron' },
  LOG_AUTHPRIV: { code: 10, name: 'authpriv' },
  LOG_FTP: { code: 11, name: 'ftp' },
  LOG_LOCAL0: { code: 16, name: 'local0' },
  LOG_LOCAL1: { code: 17, name: 'local1' },
  LOG_LOCAL2: { code: 18, name: 'local2' },
  LOG_LOCAL3: { code: 19, name: 'local3' },
  LOG_LOCAL4: { code: 20, name: 'local4' },
  LOG_LOCAL5: { code: 21, name: 'local5' },
  LOG_LOCAL6: { code: 22, name: 'local6' },
  LOG_LOCAL7: { code: 23, name: 'local7' },
};

export const DEFAULT_FACILITY = 'LOG_DAEMON';
