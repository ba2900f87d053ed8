import type { Manifest } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'sl',
  description: 'Stateless replies to requests.',
  commands: {
    sl_send_reply: {
      params: ['i', 's'],
      paramNames: ['code', 'reason'],
      routes: ['R', 'E'],
      description: 'Answers the request; the code is 100 to 699.',
    },
    sl_reply_error: {
      params: [],
      routes: ['R'],
      description: 'Answers with the status of the last error of the core, 500 where there was none.',
    },
  },
  params: {
    enable_stats: {
      type: 'integer',
      description: 'Whether the statistics are counted.',
      default: 1,
      minimum: 0,
      maximum: 1,
    },
  },
  statistics: {
    '1xx_replies': { description: 'replies sent with a code from 100 to 199' },
    '2xx_replies': { description: 'replies sent with a code from 200 to 299' },
    '3xx_replies': { description: 'replies sent with a code from 300 to 399' },
    '4xx_replies': { description: 'replies sent with a code from 400 to 499' },
    '5xx_replies': { description: 'replies sent with a code from 500 to 599' },
    '6xx_replies': { description: 'replies sent with a code from 600 to 699' },
    sent_replies: { description: 'replies sent' },
    sent_err_replies: { description: 'replies sent by sl_reply_error' },
    received_ACKs: { description: 'ACKs to own replies, which end here' },
  },
  api: 'reply(run, code, reason) answers statelessly; toTag(request) is the To-tag of such replies.',
} as const satisfies Manifest;
