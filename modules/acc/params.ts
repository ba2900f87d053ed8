import type { ParamSchema } from '../../runtime/module-exports.ts';

const yesNo = { type: 'integer', minimum: 0, maximum: 1, default: 0 } as const;
const text = { type: 'string' } as const;
/** `log: …`; what stands behind the colon is always right. */
const fields = { ...text, list: true, pattern: '^\\s*(?:log|db|evi|aaa)\\s*:', since: '2.3' } as const;
const noAaa = 'there are no modules for RADIUS and Diameter here';

/** A flag of messages, by number or name, that says what is accounted. */
function flag(what: string): ParamSchema {
  return {
    type: ['integer', 'string'],
    description: `The flag of a message that asks for ${what}.`,
    until: '2.1',
  };
}

function column(name: string, what: string): ParamSchema {
  return { ...text, description: `The column for ${what}.`, default: name };
}

function older(description: string): ParamSchema {
  return { ...text, description, until: '2.2' };
}

const aaaFlag = { ...flag('accounting with RADIUS'), noEffect: noAaa } as const;

export const params: Readonly<Record<string, ParamSchema>> = {
  early_media: { ...yesNo, description: 'Provisional replies with a body are written down as answers too.' },
  report_cancels: { ...yesNo, description: 'do_accounting works on CANCEL.' },
  detect_direction: {
    ...yesNo,
    description:
      'From and To of requests that come from who was called are written the other way round; needs append_fromtag of rr.',
  },
  log_level: { type: 'integer', description: 'The level of the lines, -3 (ALERT) to 4 (DBG).', default: 2 },
  log_facility: { ...text, description: 'The facility of the lines in syslog. Default: that of the log.' },
  extra_fields: {
    ...fields,
    description: 'Values of $acc_extra that a backend writes: `log: tag; tag->name`.',
  },
  leg_fields: {
    ...fields,
    description: 'Values of $acc_leg that a backend writes for each leg, in the same form.',
  },
  db_url: { ...text, description: 'The database. Default: the global db_default_url, since 2.4.' },
  db_table_acc: { ...text, description: 'The table for what is answered.', default: 'acc' },
  db_table_missed_calls: { ...text, description: 'The table for missed calls.', default: 'missed_calls' },
  db_table_avp: { ...text, description: 'Up to 2.1: an AVP with another table for what is answered.' },
  acc_method_column: column('method', 'the method'),
  acc_from_tag_column: column('from_tag', 'the tag of From'),
  acc_to_tag_column: column('to_tag', 'the tag of To'),
  acc_callid_column: column('callid', 'Call-ID'),
  acc_sip_code_column: column('sip_code', 'the code'),
  acc_sip_reason_column: column('sip_reason', 'the reason'),
  acc_time_column: column('time', 'the time'),
  acc_created_avp_name: {
    ...text,
    description: 'The AVP with the time when a call was made.',
    default: 'accX_created',
    until: '3.1',
    noEffect: 'that time is kept where no script meets it',
  },
  aaa_url: { ...text, description: 'The AAA server.', noEffect: noAaa },
  service_type: {
    type: 'integer',
    description: 'The service type that AAA servers are told.',
    default: -1,
    noEffect: noAaa,
  },

  log_flag: flag('lines of the log'),
  log_missed_flag: flag('lines about missed calls'),
  db_flag: flag('rows in the database'),
  db_missed_flag: flag('rows about missed calls'),
  evi_flag: flag('events'),
  evi_missed_flag: flag('events about missed calls'),
  failed_transaction_flag: flag('records also of negative replies'),
  cdr_flag: flag('one record at the end of a call, which needs the module dialog'),
  aaa_flag: aaaFlag,
  aaa_missed_flag: aaaFlag,

  log_extra: older(
    'Variables that lines have behind the other values: `name=$variable; name=$variable/reply`.',
  ),
  db_extra: older('Variables that rows have beside the other values, by column.'),
  evi_extra: older('Variables that events have as further parameters.'),
  aaa_extra: { ...older('Variables for the AAA server.'), noEffect: noAaa },
  multi_leg_info: older('AVPs whose values are one leg each, of all backends.'),
  log_extra_bye: bye('lines'),
  db_extra_bye: bye('rows'),
  evi_extra_bye: bye('events'),
  aaa_extra_bye: { ...older('Variables for the AAA server at the end of a call.'), noEffect: noAaa },
  multi_leg_bye_info: bye('legs'),
};

function bye(what: string): ParamSchema {
  return {
    ...older(`Variables of the BYE for the ${what} at the end of a call.`),
    noEffect: 'the record of a call has the values that it had when it was accepted',
  };
}
