import { anyNumber, atLeast, type GlobalRow, noEffect, text, works, yesNo } from './rows.ts';

const formats = { type: 'string', oneOf: ['plain_text', 'json', 'json_cee'] } as const;

const facilities = {
  type: 'word',
  oneOf: [
    ...['LOG_AUTH', 'LOG_AUTHPRIV', 'LOG_CRON', 'LOG_DAEMON', 'LOG_FTP', 'LOG_KERN', 'LOG_LPR', 'LOG_MAIL'],
    ...['LOG_NEWS', 'LOG_SYSLOG', 'LOG_USER', 'LOG_UUCP', 'LOG_LOCAL0', 'LOG_LOCAL1', 'LOG_LOCAL2'],
    ...['LOG_LOCAL3', 'LOG_LOCAL4', 'LOG_LOCAL5', 'LOG_LOCAL6', 'LOG_LOCAL7'],
  ],
} as const;

const noBuffer = 'a line is as long as it needs to be; there is no buffer that could be too small';

/** What is logged, how and where. cfg.y: assign_stm. */
export const logGlobals: readonly GlobalRow[] = [
  works('log_level', anyNumber, 'Lines up to this level are logged: -3 ALERT to 4 DBG.', {
    also: ['debug'],
    default: 2,
  }),
  works('xlog_level', anyNumber, 'Lines of xlog up to this level are logged; before 3.0 log_level decided.', {
    default: [{ until: '2.4' }, { value: 2 }],
  }),
  works('xlog_print_level', atLeast(0), 'The level of an xlog line that names none.', {
    also: ['xlog_default_level'],
    default: [{ until: '3.3', value: -1 }, { value: 2 }],
  }),
  noEffect('xlog_buf_size', atLeast(1), 'The longest line of xlog.', noBuffer, {
    default: 4096,
    unit: 'bytes',
  }),
  works('xlog_force_color', yesNo, 'The variable $C writes colours into lines of xlog.', { default: 0 }),
  works('stderror_enabled', yesNo, 'Log lines go to standard error.', { also: ['log_stderror'], default: 1 }),
  works('stderror_level_filter', anyNumber, 'The level limit of standard error alone; 0 for none.', {
    default: 0,
  }),
  works('stderror_log_format', formats, 'The form of the lines on standard error.', {
    default: 'plain_text',
  }),
  works('syslog_enabled', yesNo, 'Log lines go to syslog.', { default: 0 }),
  works('syslog_level_filter', anyNumber, 'The level limit of syslog alone; 0 for none.', { default: 0 }),
  works('syslog_log_format', formats, 'The form of the lines in syslog.', { default: 'plain_text' }),
  works('syslog_facility', facilities, 'The facility of lines in syslog.', {
    also: ['log_facility'],
    default: 'LOG_DAEMON',
  }),
  works('syslog_name', text, 'The name in front of lines in syslog; the program’s where none is given.', {
    also: ['log_name'],
  }),
  works(
    'syslog_server',
    text,
    'host or host:port that takes syslog lines over UDP (RFC 5424). A name of tsips.',
    {
      kind: ['string'],
    },
  ),
  works('log_prefix', text, 'A text in front of every line.', { default: '' }),
  noEffect(
    'log_stdout',
    yesNo,
    'Keeps standard output open after the start.',
    'nothing is written to it after the start',
    { default: 0 },
  ),
  noEffect('log_msg_buf_size', atLeast(1), 'The longest message of a line.', noBuffer, {
    default: 4096,
    unit: 'bytes',
  }),
  noEffect('log_json_buf_size', atLeast(1), 'The longest line in JSON.', noBuffer, {
    default: 6144,
    unit: 'bytes',
  }),
  works('log_event_enabled', yesNo, 'Log lines raise E_CORE_LOG.', { default: 0 }),
  works('log_event_level_filter', anyNumber, 'The level limit of E_CORE_LOG; 0 for none.', { default: 0 }),
  works('debug_mode', yesNo, 'Log level 4, lines to standard error only, no detaching.', {
    also: ['fork'],
    inverted: ['fork'],
    default: 0,
  }),
];
