import { hostname } from 'node:os';
import { type Channel, createChannel } from './channel.ts';
import { stderrFormatter, syslogFormatter } from './formats.ts';
import type { LineFacts, LogLine } from './log-line.ts';
import type { LogSettings } from './settings.ts';
import { createJournalSink, leadsToJournal } from './sinks/journal-sink.ts';
import { createLoggerSink } from './sinks/logger-sink.ts';
import type { Sink, Trouble } from './sinks/sink.ts';
import { createUdpSink, parseSyslogServer } from './sinks/udp-sink.ts';

/** What the outputs of a log share. */
export interface OutputPlace {
  /** The sink of standard error; it lives as long as the log. */
  readonly stderr: Sink;
  readonly pid: number;
  /** JOURNAL_STREAM of the environment. */
  readonly journalStream: string | undefined;
  /** The program that takes lines to the local syslog. */
  readonly loggerProgram: string;
  readonly trouble: Trouble;
}

/** The outputs that the settings ask for. */
export function createOutputs(settings: LogSettings, place: OutputPlace): Channel[] {
  const lineFacts: LineFacts = {
    pid: place.pid,
    prefix: settings.prefix,
    name: settings.name,
    hostname: hostname(),
  };
  const facts = () => lineFacts;
  const channels: Channel[] = [];
  if (settings.stderr) channels.push(stderrChannel(settings, place, facts));
  if (settings.syslog) channels.push(syslogChannel(settings, place, facts));
  return channels;
}

function stderrChannel(settings: LogSettings, place: OutputPlace, facts: () => LineFacts): Channel {
  const format = stderrFormatter(settings.stderrFormat);
  return createChannel({ filter: settings.stderrFilter, format, sink: shared(place.stderr), facts });
}

function syslogChannel(settings: LogSettings, place: OutputPlace, facts: () => LineFacts): Channel {
  const format = syslogFormatter(settings.syslogFormat);
  return createChannel({
    filter: settings.syslogFilter,
    format,
    sink: syslogSink(settings, place, facts),
    facts,
  });
}

/**
 * `syslog_server` first, then the journal where standard error leads there, then the local syslog. What these
 * cannot take goes to standard error, unless it went there anyway.
 */
function syslogSink(settings: LogSettings, place: OutputPlace, facts: () => LineFacts): Sink {
  const { facility, name } = settings;
  const { trouble, pid } = place;
  const plain = stderrFormatter(settings.stderrFormat);
  const otherwise = (line: LogLine): void => {
    if (!settings.stderr) place.stderr.write(line, plain(line, facts()));
  };
  if (settings.syslogServer !== '') {
    const { host, port } = parseSyslogServer(settings.syslogServer);
    return createUdpSink({ host, port, facility, facts, trouble, otherwise });
  }
  if (leadsToJournal(place.journalStream)) return createJournalSink(shared(place.stderr));
  return createLoggerSink({ name, pid, facility, trouble, otherwise, program: place.loggerProgram });
}

/** A sink whose owner is somebody else: closing it only flushes. */
function shared(sink: Sink): Sink {
  return { ...sink, close: () => sink.flush() };
}
