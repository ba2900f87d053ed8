import type { CommandSignature, Manifest, RouteLetter } from '../../runtime/module-exports.ts';

const anyMessage: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L'];
const anyRequest: readonly RouteLetter[] = ['R', 'F', 'B', 'L'];
const beforeReply: readonly RouteLetter[] = ['R', 'F', 'B', 'E'];

const headerEdits: Readonly<Record<string, CommandSignature>> = {
  append_hf: {
    params: ['s', 's?'],
    paramNames: ['header lines', 'after this header'],
    routes: anyMessage,
    description: 'Puts header lines behind the last header, or behind a named one.',
  },
  insert_hf: {
    params: ['s', 's?'],
    paramNames: ['header lines', 'before this header'],
    routes: anyMessage,
    description: 'Puts header lines in front of the first header, or of a named one.',
  },
  append_urihf: {
    params: ['s', 's'],
    paramNames: ['text before the URI', 'text behind it'],
    routes: ['R', 'F', 'B'],
    description: 'Puts a header with the received Request-URI behind the last header.',
  },
  remove_hf: {
    params: ['s', 's?'],
    paramNames: ['header name', 'flags'],
    routes: anyMessage,
    description:
      'Removes all headers of a name; true where there was one. Up to 2.4 the flag `g` makes the name a glob, `r` a regular expression.',
  },
  remove_hf_glob: {
    params: ['s'],
    paramNames: ['glob'],
    routes: anyMessage,
    since: '3.0',
    description: 'Removes all headers whose name matches a glob (`*`, `?`, `[…]`), in any case.',
  },
  remove_hf_re: {
    params: ['r'],
    paramNames: ['regular expression'],
    routes: anyMessage,
    since: '3.0',
    description: 'Removes all headers whose name matches a regular expression, in any case.',
  },
  append_to_reply: {
    params: ['s'],
    paramNames: ['header lines'],
    routes: beforeReply,
    description: 'Puts header lines into the replies to this request.',
  },
  append_time: {
    params: [],
    routes: anyRequest,
    description: 'Puts a Date header into the replies to this request.',
  },
};

const questions: Readonly<Record<string, CommandSignature>> = {
  is_method: {
    params: ['s'],
    paramNames: ['methods'],
    routes: anyMessage,
    description:
      'True for one of the methods, written with | between them; of a reply the method of CSeq counts.',
  },
  has_totag: {
    params: [],
    routes: anyMessage,
    since: '3.0',
    description: 'True where To has a tag: a request within a dialog.',
  },
  has_body: {
    params: ['s?'],
    paramNames: ['content type'],
    routes: anyMessage,
    description: 'True where there is a body, or one (or a part of one) of this type.',
  },
  has_body_part: {
    params: ['s?'],
    paramNames: ['content type'],
    routes: anyMessage,
    since: '2.3',
    description: 'As has_body.',
  },
  is_present_hf: {
    params: ['s'],
    paramNames: ['header name'],
    routes: anyMessage,
    description: 'True where the message came with such a header.',
  },
  is_privacy: {
    params: ['s'],
    paramNames: ['privacy value'],
    routes: anyMessage,
    description: 'True where the Privacy header (RFC 3323 §4.2) has this value.',
  },
  sipmsg_validate: {
    params: ['s?', 'v?'],
    paramNames: ['flags', 'reason'],
    routes: ['R', 'F', 'O', 'B'],
    description:
      'True where the message is as RFC 3261 has it; else a negative code, and the reason in words.',
  },
  list_hdr_has_option: {
    params: ['s', 's'],
    paramNames: ['header name', 'option'],
    routes: anyMessage,
    since: '2.4',
    description: 'True where a header of several values, such as Supported, has this one.',
  },
};

const uriFunctions: Readonly<Record<string, CommandSignature>> = {
  ruri_has_param: {
    params: ['s', 's?'],
    paramNames: ['parameter', 'value'],
    routes: anyRequest,
    since: '3.0',
    description:
      'True where the Request-URI has this parameter, with this value or, if none is given, without one.',
  },
  ruri_add_param: {
    params: ['s'],
    paramNames: ['parameter, with its value'],
    routes: anyRequest,
    since: '3.0',
    description: 'Adds a parameter to the Request-URI.',
  },
  ruri_del_param: {
    params: ['s'],
    paramNames: ['parameter'],
    routes: anyRequest,
    since: '3.0',
    description: 'Takes a parameter from the Request-URI; false where it has none.',
  },
  ruri_tel2sip: {
    params: [],
    routes: anyRequest,
    since: '3.0',
    description: "Makes a tel: Request-URI a sip: one at From's host (RFC 3261 §19.1.6).",
  },
  is_uri_user_e164: {
    params: ['s'],
    paramNames: ['URI'],
    routes: ['R', 'F', 'L'],
    since: '3.0',
    description: 'True where the user of the URI is + and 2 to 15 digits.',
  },
};

const byName = { params: ['s', 's?'], paramNames: ['codec', 'clock rate'], routes: anyMessage } as const;
const byPattern = { params: ['r'], paramNames: ['regular expression'], routes: anyMessage } as const;
const streams = {
  params: ['r', 'r?'],
  paramNames: ['expression for the media', 'expression for the transport'],
  routes: anyMessage,
} as const;

const sdpFunctions: Readonly<Record<string, CommandSignature>> = {
  codec_exists: { ...byName, description: 'True where a stream has this codec.' },
  codec_exists_re: { ...byPattern, description: 'True where a stream has a codec that matches.' },
  codec_delete: { ...byName, description: 'Takes a codec from all streams.' },
  codec_delete_re: { ...byPattern, description: 'Takes the codecs that match from all streams.' },
  codec_delete_except_re: {
    ...byPattern,
    description: 'Takes the codecs that do not match from all streams.',
  },
  codec_move_up: { ...byName, description: 'Puts a codec first.' },
  codec_move_up_re: { ...byPattern, description: 'Puts the codecs that match first.' },
  codec_move_down: { ...byName, description: 'Puts a codec last.' },
  codec_move_down_re: { ...byPattern, description: 'Puts the codecs that match last.' },
  stream_exists: { ...streams, description: 'True where there is such a stream.' },
  stream_delete: { ...streams, description: 'Takes the last such stream away.' },
  is_audio_on_hold: {
    params: [],
    routes: anyMessage,
    description: 'True where audio is on hold: 1 by a null address, 2 by sendonly or inactive.',
  },
};

const bodyFunctions: Readonly<Record<string, CommandSignature>> = {
  add_body: {
    params: ['s', 's?'],
    paramNames: ['body', 'content type'],
    routes: anyMessage,
    until: '2.2',
    description: 'Another body.',
  },
  add_body_part: {
    params: ['s', 's', 's?'],
    paramNames: ['body', 'content type', 'header lines'],
    routes: anyMessage,
    since: '2.3',
    description: 'Adds a part to the body, which then has several.',
  },
  filter_body: {
    params: ['s'],
    paramNames: ['content type'],
    routes: anyMessage,
    until: '2.2',
    description: 'Takes all parts away but those of this type.',
  },
  strip_body: {
    params: ['s?'],
    paramNames: ['content type'],
    routes: anyMessage,
    until: '2.2',
    description: 'Takes the body away, or its parts of this type.',
  },
  remove_body_part: {
    params: ['s?', 's?'],
    paramNames: ['content type', '"revert"'],
    routes: anyMessage,
    since: '2.3',
    description: 'Takes the body away, its parts of this type, or with "revert" all others.',
  },
  get_updated_body_part: {
    params: ['s?', 'v'],
    paramNames: ['content type', 'result'],
    routes: anyMessage,
    since: '3.3',
    description: 'The body, or a part of it, with the changes made so far.',
  },
};

const messageFunctions: Readonly<Record<string, CommandSignature>> = {
  append_body_to_reply: {
    params: ['s'],
    paramNames: ['body'],
    routes: beforeReply,
    since: '3.5',
    description: 'The body of the replies to this request.',
  },
  change_reply_status: {
    params: ['i', 's'],
    paramNames: ['code', 'reason'],
    routes: ['O'],
    description: 'Another status for the reply as it goes on.',
  },
  get_glob_headers_values: {
    params: ['s', 'v', 'v'],
    paramNames: ['glob', 'AVP for names', 'AVP for values'],
    routes: anyMessage,
    since: '3.4',
    description: 'Names and values of the headers that match a glob, in which letter case counts.',
  },
  list_hdr_add_option: {
    params: ['s', 's'],
    paramNames: ['header name', 'option'],
    routes: anyMessage,
    since: '2.4',
    description: 'Adds a value to the first header of that name.',
  },
  list_hdr_remove_option: {
    params: ['s', 's'],
    paramNames: ['header name', 'option'],
    routes: anyMessage,
    since: '2.4',
    description: 'Takes a value from a header, and the header where it was the last.',
  },
  sip_to_json: {
    params: ['v'],
    paramNames: ['result'],
    routes: anyMessage,
    since: '3.5',
    description: 'The message as it came, as JSON.',
  },
};

export const manifest = {
  name: 'sipmsgops',
  description: 'Questions about messages, and changes to their headers.',
  commands: {
    ...headerEdits,
    ...questions,
    ...uriFunctions,
    ...sdpFunctions,
    ...bodyFunctions,
    ...messageFunctions,
  },
} as const satisfies Manifest;
