import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  defaultLogSettings,
  type LogCircumstances,
  logSettingsFromGlobals,
} from '../../../runtime/log/index.ts';

type Values = Record<string, number | string>;

function read(given: Values, circumstances?: LogCircumstances, defaults: Values = { xlog_level: 2 }) {
  return logSettingsFromGlobals(
    { given: (name) => given[name], get: (name) => given[name] ?? defaults[name] },
    circumstances,
  );
}

test('without a word in the config the log is as before it was read', () => {
  assert.deepEqual(read({}), defaultLogSettings);
});

test('cfg.y assign_stm: the globals of the log', () => {
  const settings = read({
    log_level: 3,
    xlog_level: -1,
    log_prefix: 'edge',
    syslog_name: 'sip1',
    stderror_enabled: 0,
    stderror_log_format: 'json',
    stderror_level_filter: 1,
    syslog_enabled: 1,
    syslog_log_format: 'json_cee',
    syslog_level_filter: 2,
    syslog_facility: 'log_local0',
    syslog_server: '10.0.0.1:5514',
  });
  assert.deepEqual(settings, {
    level: 3,
    xlogLevel: -1,
    prefix: 'edge',
    name: 'sip1',
    stderr: false,
    stderrFormat: 'json',
    stderrFilter: 1,
    syslog: true,
    syslogFormat: 'json_cee',
    syslogFilter: 2,
    facility: 'LOG_LOCAL0',
    syslogServer: '10.0.0.1:5514',
  });
});

test('main.c: -d raises the level where the config has no log_level', () => {
  assert.equal(read({}, { baseLevel: 4 }).level, 4);
  assert.equal(read({ log_level: 1 }, { baseLevel: 4 }).level, 1);
});

test('before 3.0 xlog goes by log_level', () => {
  assert.equal(read({ log_level: 4 }, {}, {}).xlogLevel, 4);
});

test('cfg.y: a check logs to standard error whatever the config says', () => {
  const settings = read({ stderror_enabled: 0, syslog_enabled: 1 }, { stderrOnly: true });
  assert.deepEqual([settings.stderr, settings.syslog], [true, false]);
});
