import type { Manifest, ModuleFactory, ModuleFinding } from '../../runtime/module-exports.ts';

const noManagement = 'there is no management in tsips yet';

export const manifest = {
  name: 'mi_datagram',
  description: 'Accepted, and without effect yet: management by datagrams, over UDP or a Unix socket.',
  params: {
    socket_name: {
      type: 'string',
      description: 'The Unix socket, or `udp:address:port`.',
      noEffect: noManagement,
    },
    children_count: {
      type: 'integer',
      description: 'Processes that work on commands.',
      default: 1,
      noEffect: noManagement,
    },
    socket_timeout: {
      type: 'integer',
      description: 'The time that an answer may take to be sent.',
      default: 2000,
      unit: 'milliseconds',
      noEffect: noManagement,
    },
    socket_buf_size: {
      type: 'integer',
      description: 'The longest datagram.',
      default: 65457,
      unit: 'bytes',
      since: '4.0',
      noEffect: noManagement,
    },
    unix_socket_mode: {
      type: 'integer',
      description: 'The access rights of the Unix socket, 0660 in octal.',
      default: 432,
      noEffect: noManagement,
    },
    unix_socket_user: {
      type: ['integer', 'string'],
      description: 'The user whose socket it is, by number or name.',
      noEffect: noManagement,
    },
    unix_socket_group: {
      type: ['integer', 'string'],
      description: 'The group of the socket, by number or name.',
      noEffect: noManagement,
    },
    pretty_printing: {
      type: 'integer',
      description: 'Answers are indented JSON.',
      default: 0,
      since: '3.0',
      noEffect: noManagement,
    },
    reply_indent: {
      type: 'string',
      description: 'What an answer in text is indented with; a tab where it is not set.',
      until: '2.4',
      noEffect: noManagement,
    },
    trace_destination: {
      type: 'string',
      description: 'Where calls of commands are traced to.',
      since: '2.3',
      noEffect: noManagement,
    },
    trace_bwlist: {
      type: 'string',
      description: 'The commands that are traced, or those that are not: `b: ps, which`.',
      since: '2.3',
      noEffect: noManagement,
    },
  },
} as const satisfies Manifest;

const inert: ModuleFinding = {
  code: 'no-management',
  severity: 'note',
  message: 'mi_datagram is loaded and does nothing yet',
  why: noManagement,
  help: 'keep it for OpenSIPS, or take it out',
};

const withoutSocket: ModuleFinding = {
  code: 'no-socket-name',
  severity: 'warning',
  message: 'mi_datagram has no socket_name',
  why: 'OpenSIPS does not start without it',
  help: 'set it: modparam("mi_datagram", "socket_name", "udp:127.0.0.1:8080")',
};

const createModule: ModuleFactory = ({ log, params }) => ({
  check: () => (params.socket_name ? [inert] : [inert, withoutSocket]),
  init() {
    log.notice('mod_init', `loaded without effect: ${noManagement}`);
  },
});

export default createModule;
