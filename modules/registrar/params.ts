import type { ParamSchema } from '../../runtime/module-exports.ts';

const seconds = { type: 'integer', unit: 'seconds', minimum: 0 } as const;
const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;
const bytes = { type: 'integer', unit: 'bytes', minimum: 1 } as const;
const noWaiting = 'a request does not wait for a contact to come back after a push notification';

const push: Readonly<Record<string, ParamSchema>> = {
  pn_enable: { ...yesNo, description: 'Push notifications (RFC 8599).', default: 0, since: '3.1' },
  pn_providers: {
    type: 'string',
    description: 'The services that are supported, with commas between them; needed with pn_enable.',
    since: '3.1',
  },
  pn_ct_match_params: {
    type: 'string',
    description: 'The parameters of contact URIs that such contacts are found by.',
    default: 'pn-provider, pn-prid, pn-param',
    since: '3.1',
  },
  pn_pnsreg_interval: { ...seconds, description: 'Told as +sip.pnsreg.', default: 130, since: '3.1' },
  pn_trigger_interval: {
    ...seconds,
    description: 'So long before its end a contact is woken, with contact_refresh_timer of usrloc.',
    default: 120,
    since: '3.1',
  },
  pn_skip_pn_interval: {
    ...seconds,
    description: 'A contact that has registered within this time is not woken by lookup().',
    default: 0,
    since: '3.1',
  },
  pn_refresh_timeout: {
    ...seconds,
    description: 'How long a request waits for the contact.',
    default: 6,
    since: '3.1',
    noEffect: noWaiting,
  },
  pn_enable_purr: {
    ...yesNo,
    description: 'Contacts of long dialogs are woken (RFC 8599 §6).',
    default: 0,
    since: '3.1',
    noEffect: noWaiting,
  },
};

export const params: Readonly<Record<string, ParamSchema>> = {
  default_expires: { ...seconds, description: 'Of contacts that name no time.', default: 3600 },
  min_expires: { ...seconds, description: 'Shorter times are raised to it; 0: none.', default: 60 },
  max_expires: { ...seconds, description: 'Longer times are cut to it; 0: none.', default: 0 },
  reject_brief_expires: {
    ...yesNo,
    description: 'A time below min_expires is answered 423 with Min-Expires, not raised. A name of tsips.',
    default: 0,
  },
  expires_max_deviation: {
    type: 'integer',
    unit: 'seconds',
    description: 'Times are changed by chance by up to so much.',
    default: 0,
    since: '3.3',
  },
  default_q: {
    type: 'integer',
    description: 'The q of contacts that name none, in thousandths; -1: none.',
    default: -1,
    minimum: -1,
    maximum: 1000,
  },
  max_contacts: {
    type: 'integer',
    description: 'Contacts of an AoR; 0: any number.',
    default: 0,
    minimum: 0,
  },
  max_username_len: { ...bytes, description: 'The user of an AoR at most.', default: 64, since: '3.1' },
  max_domain_len: { ...bytes, description: 'Its domain at most.', default: 64, since: '3.1' },
  max_aor_len: { ...bytes, description: 'An AoR at most.', default: 256, since: '3.1' },
  max_contact_len: { ...bytes, description: 'A contact URI at most.', default: 255, since: '3.1' },
  allow_dup_cseq: {
    ...yesNo,
    // `Deviation:` 1 in 4.0; few files tell whether they are for it.
    description: 'A REGISTER with the CSeq of the last one is worked on anew.',
    default: 0,
    since: '3.4',
  },
  case_sensitive: { ...yesNo, description: 'The case of the user counts.', default: 1 },
  realm_prefix: { type: 'string', description: 'Taken off the beginning of domains.' },
  received_avp: { type: 'string', description: 'The AVP with the address that the REGISTER came from.' },
  received_param: {
    type: 'string',
    description: 'The parameter that tells it in the answer.',
    default: 'received',
  },
  attr_avp: {
    type: 'string',
    description:
      'The AVP that save() stores with a contact and lookup() sets; since 3.6 lookup() sets an attribute of the branch.',
  },
  mcontact_avp: {
    type: 'string',
    description: 'The AVP with the contact that was sent on, for save() in an onreply_route.',
  },
  sock_hdr_name: { type: 'string', description: 'The header whose socket the flag socket-header stores.' },
  tcp_persistent_flag: {
    type: ['integer', 'string'],
    description:
      'The flag of messages whose connection stays as long as the contacts that come by it; when it goes, they go. A number up to 3.0.',
  },
  retry_after: { ...seconds, description: 'Retry-After of 5xx answers; 0: none.', default: 0 },
  disable_gruu: { ...yesNo, description: 'No GRUUs (RFC 5627) are given out.', default: 1 },
  gruu_secret: {
    type: 'string',
    description: 'What temporary GRUUs are veiled with. Default: as in OpenSIPS.',
  },
  ...push,
};
