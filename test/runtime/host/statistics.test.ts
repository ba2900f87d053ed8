import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coreStatistics, createStatistics } from '../../../runtime/statistics.ts';

test('statistics: the core has the names of OpenSIPS', () => {
  const statistics = createStatistics();
  statistics.group('core', coreStatistics);
  assert.deepEqual(
    statistics.entries().map(([name]) => name),
    [
      'core:rcv_requests',
      'core:rcv_replies',
      'core:fwd_requests',
      'core:fwd_replies',
      'core:drop_requests',
      'core:drop_replies',
      'core:err_requests',
      'core:err_replies',
      'core:bad_URIs_rcvd',
      'core:bad_msg_hdr',
      'core:slow_messages',
      'core:timestamp',
    ],
  );
});

test('statistics: counters count, gauges are asked', () => {
  const statistics = createStatistics();
  const group = statistics.group('ws', {
    accepted: { description: 'a counter' },
    connections: { description: 'a gauge', gauge: true },
  });
  group.counter('accepted').value += 2;
  group.gauge('connections', () => 7);
  assert.equal(statistics.get('ws:accepted'), 2);
  assert.equal(statistics.get('ws:connections'), 7);
  assert.equal(statistics.get('ws:nothing'), undefined);
});

test('statistics: a name that the manifest does not have is refused with its code', () => {
  const group = createStatistics().group('sl', {});
  assert.throws(() => group.counter('sent'), { code: 'STATISTIC_UNKNOWN' });
  assert.throws(() => group.gauge('toString', () => 0), { code: 'STATISTIC_UNKNOWN' });
});
