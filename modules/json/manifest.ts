import type { Manifest, VariableFacts } from '../../runtime/module-exports.ts';

function variable(description: string): VariableFacts {
  return { description, inner: 'required', index: true, writable: true };
}

export const manifest = {
  name: 'json',
  description: 'JSON values in the script.',
  commands: {
    json_link: {
      params: ['v', 'v'],
      paramNames: ['$json of the link', '$json that it leads to'],
      routes: ['R', 'F', 'O', 'B', 'L', 'S', 'T', 'V'],
      description: 'Makes the first path lead to the value of the second; a change in one is seen in both.',
    },
    json_merge: {
      params: ['s', 's', 'v'],
      paramNames: ['JSON', 'patch', 'result'],
      routes: '*',
      since: '3.6',
      description: 'Applies a JSON merge patch (RFC 7386).',
    },
  },
  params: {
    enable_long_quoting: {
      type: 'integer',
      description: 'Integers beyond 32 bits are texts.',
      default: 0,
      since: '3.4',
    },
  },
  variables: {
    json: variable('A JSON value, or a part of one by its path.'),
    json_compact: { ...variable('The same, printed without blanks.'), since: '2.4' },
    json_pretty: { ...variable('The same, printed over several lines.'), since: '2.4' },
    json_compact_noescape: {
      ...variable('The same as $json_compact, with `/` as it is.'),
      since: '4.0',
    },
  },
} as const satisfies Manifest;
