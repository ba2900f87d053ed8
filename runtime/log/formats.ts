import { type ByteText, toByteText, toUnicode, utf8Bytes } from './encoding.ts';
import { levelFacts } from './levels.ts';
import type { LineFacts, LogLine } from './log-line.ts';
import { createTimeFormatter } from './timestamp.ts';

/** The values of `stderror_log_format` and `syslog_log_format`. */
export const logFormats = ['plain_text', 'json', 'json_cee'] as const;
export type LogFormat = (typeof logFormats)[number];

/** A line → the bytes to write. Plain lines end as their message ends; JSON lines have no newline. */
export type LineFormatter = (line: LogLine, facts: LineFacts) => ByteText;

/** How lines look on standard error (dprint.h `DP_*_PREFIX`; dprint.c `stderr_dprint`). */
export function stderrFormatter(format: LogFormat): LineFormatter {
  const time = createTimeFormatter();
  if (format === 'plain_text') {
    return (line, facts) => `${time(line.time)} [${facts.pid}] ${plain(line, facts)}`;
  }
  const json = format === 'json' ? basicJson(time) : ceeJson(time);
  return (line, facts) => `${json(line, facts)}\n`;
}

/** How lines look in syslog: no date and no pid, they are syslog's own business. */
export function syslogFormatter(format: LogFormat): LineFormatter {
  if (format === 'plain_text') return plain;
  const time = createTimeFormatter();
  if (format === 'json') return basicJson(time);
  const json = ceeJson(time);
  return (line, facts) => `@cee: ${json(line, facts)}`;
}

function plain(line: LogLine, facts: LineFacts): ByteText {
  const prefix = facts.prefix === '' ? '' : `${facts.prefix}:`;
  const place = line.module === undefined ? '' : `${line.module}:${line.caller}: `;
  return toByteText(`${prefix}${levelFacts(line.level).text}:${place}${line.message}`);
}

function basicJson(time: (milliseconds: number) => string): LineFormatter {
  return (line, facts) => {
    const place =
      line.module === undefined
        ? ''
        : `, "module": ${quote(line.module)}, "function": ${quote(line.caller ?? '')}`;
    const prefix = facts.prefix === '' ? '' : `, "prefix": ${quote(facts.prefix)}`;
    return utf8Bytes(
      `{"time": "${time(line.time)}", "pid": ${facts.pid}, "level": "${levelFacts(line.level).text}"` +
        `${place}${prefix}, "message": ${quote(line.message)}}`,
    );
  };
}

function ceeJson(time: (milliseconds: number) => string): LineFormatter {
  return (line, facts) => {
    const subsystem = line.module === undefined ? '' : `, "subsys": ${quote(line.module)}`;
    const native: string[] = [];
    if (line.module !== undefined) native.push(`"function": ${quote(line.caller ?? '')}`);
    if (facts.prefix !== '') native.push(`"log_prefix": ${quote(facts.prefix)}`);
    const details = native.length === 0 ? '' : `, "native": {${native.join(', ')}}`;
    return utf8Bytes(
      `{"time": "${time(line.time)}", "proc": {"id": "${facts.pid}"}, "pri": "${levelFacts(line.level).text}"` +
        `${subsystem}${details}, "msg": ${quote(line.message)}` +
        `, "pname": ${quote(facts.name)}, "hostname": ${quote(facts.hostname)}}`,
    );
  };
}

function quote(text: string): string {
  return JSON.stringify(toUnicode(text));
}
