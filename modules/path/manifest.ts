import type { CommandSignature, Manifest } from '../../runtime/module-exports.ts';

const addPath = (description: string): CommandSignature => ({
  params: ['s?'],
  paramNames: ['user'],
  routes: ['R'],
  description,
});

const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;

export const manifest = {
  name: 'path',
  description: 'Keeps this host on the way to users that register through it (RFC 3327).',
  dependenciesFromParams: {
    use_received: [{ module: 'rr', missing: 'abort', when: { is: 'greater-than', value: 0 } }],
  },
  commands: {
    add_path: addPath('Puts this host in front of the Path headers of a REGISTER.'),
    add_path_received: addPath('The same, with the address that the request came from.'),
  },
  params: {
    use_received: {
      ...yesNo,
      description: 'A request goes to the address that the Route of this host tells.',
      default: 0,
    },
    enable_double_path: {
      ...yesNo,
      description: 'Two Path headers where a request leaves by another socket than it came by.',
      default: 1,
    },
  },
} as const satisfies Manifest;
