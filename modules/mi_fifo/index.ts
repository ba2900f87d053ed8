import type { Manifest, ModuleFactory, ModuleFinding } from '../../runtime/module-exports.ts';

const noManagement = 'there is no management in tsips yet';

export const manifest = {
  name: 'mi_fifo',
  description: 'Accepted, and without effect yet: management by a named pipe.',
  params: {
    fifo_name: {
      type: 'string',
      description: 'The pipe that commands are written to.',
      default: '/tmp/opensips_fifo',
      noEffect: noManagement,
    },
    fifo_mode: {
      type: 'integer',
      description: 'The access rights of the pipe, 0660 in octal.',
      default: 432,
      noEffect: noManagement,
    },
    fifo_user: {
      type: ['integer', 'string'],
      description: 'The user whose pipe it is, by number or name.',
      noEffect: noManagement,
    },
    fifo_group: {
      type: ['integer', 'string'],
      description: 'The group of the pipe, by number or name.',
      noEffect: noManagement,
    },
    reply_dir: {
      type: 'string',
      description: 'The folder of the pipes that answers are written to.',
      default: '/tmp/',
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
  message: 'mi_fifo is loaded and does nothing yet',
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
