import type { Manifest } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'phone',
  description: 'A telephone in a page of the browser, to try a config with. OpenSIPS has none.',
  params: {
    ip: {
      type: 'string',
      description: 'The address that the page is served at.',
      default: '127.0.0.1',
      minLength: 1,
    },
    port: {
      type: 'integer',
      description: 'The port that the page is served at; 0: any that is free, as the log tells.',
      default: 8088,
      minimum: 0,
      maximum: 65535,
    },
    host_name: {
      type: 'string',
      description: 'A name that browsers may ask for the page by, beside localhost and the address.',
      list: true,
      minLength: 1,
    },
    title: {
      type: 'string',
      description: 'What the page is called.',
      default: 'tsips phone',
    },
    domain: {
      type: 'string',
      description: 'The domain of its SIP addresses. Default: the host of the server that is chosen.',
    },
    max_connections: {
      type: 'integer',
      description: 'Connections that are open at once; more are closed.',
      default: 64,
      minimum: 1,
      maximum: 65535,
    },
  },
} as const satisfies Manifest;
