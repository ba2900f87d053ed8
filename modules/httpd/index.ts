import type { Manifest, ModuleFactory, ModuleFinding } from '../../runtime/module-exports.ts';

const noManagement = 'there is no management in tsips yet';

export const manifest = {
  name: 'httpd',
  description: 'Accepted, and without effect yet: the HTTP server of the management modules.',
  params: {
    ip: {
      type: 'string',
      description: 'The address that it listens on.',
      noEffect: noManagement,
    },
    port: {
      type: 'integer',
      description: 'The port that it listens on.',
      default: 8888,
      noEffect: noManagement,
    },
    buf_size: {
      type: 'integer',
      description: 'The longest answer; 0 leaves it to the memory that there is.',
      default: 0,
      unit: 'bytes',
      noEffect: noManagement,
    },
    post_buf_size: {
      type: 'integer',
      description: 'The buffer of a POST request, at least 256.',
      default: 1024,
      unit: 'bytes',
      noEffect: noManagement,
    },
    receive_buf_size: {
      type: 'integer',
      description: 'The buffer of what is received.',
      default: 1024,
      unit: 'bytes',
      since: '3.6',
      noEffect: noManagement,
    },
    conn_timeout: {
      type: 'integer',
      description: 'The time that a connection may be idle.',
      default: 30,
      unit: 'seconds',
      since: '3.5',
      noEffect: noManagement,
    },
    tls_cert_file: {
      type: 'string',
      description: 'The certificate, for HTTPS.',
      since: '3.2',
      noEffect: noManagement,
    },
    tls_key_file: {
      type: 'string',
      description: 'Its private key.',
      since: '3.2',
      noEffect: noManagement,
    },
    tls_ciphers: {
      type: 'string',
      description: 'Ciphers and versions, as GnuTLS names them.',
      default: 'SECURE256:+SECURE192:-VERS-ALL:+VERS-TLS1.2',
      since: '3.2',
      noEffect: noManagement,
    },
    auth_realm: {
      type: 'string',
      description: 'The realm of HTTP authentication.',
      default: 'OpenSIPS MI',
      since: '4.0',
      noEffect: noManagement,
    },
    auth_username: {
      type: 'string',
      description: 'The user who may come in; anybody where it is not set.',
      since: '4.0',
      noEffect: noManagement,
    },
    auth_password: {
      type: 'string',
      description: 'That user’s password.',
      since: '4.0',
      noEffect: noManagement,
    },
  },
} as const satisfies Manifest;

const inert: ModuleFinding = {
  code: 'no-management',
  severity: 'note',
  message: 'httpd is loaded and does nothing yet',
  why: noManagement,
  help: 'keep it for OpenSIPS, or take it out',
};

const createModule: ModuleFactory = ({ log }) => ({
  check: () => [inert],
  init() {
    log.notice('mod_init', `loaded without effect: ${noManagement}`);
  },
});

export default createModule;
