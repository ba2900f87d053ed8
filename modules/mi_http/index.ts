import type { Manifest, ModuleFactory, ModuleFinding } from '../../runtime/module-exports.ts';

const noManagement = 'there is no management in tsips yet';

export const manifest = {
  name: 'mi_http',
  description:
    'Accepted, and without effect yet: management by JSON-RPC over HTTP (pages for people up to 2.4).',
  dependencies: [{ module: 'httpd', missing: 'abort' }],
  params: {
    root: {
      type: 'string',
      description: 'The path that it answers under.',
      default: 'mi',
      since: '3.0',
      noEffect: noManagement,
    },
    mi_http_root: {
      type: 'string',
      description: 'The path that it answers under.',
      default: 'mi',
      until: '2.4',
      noEffect: noManagement,
    },
    mi_http_method: {
      type: 'integer',
      description: '0: forms are sent by GET, 1: by POST.',
      default: 0,
      until: '2.4',
      noEffect: noManagement,
    },
    pretty_printing: {
      type: 'integer',
      description: 'Answers are indented JSON.',
      default: 0,
      since: '3.0',
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
  message: 'mi_http is loaded and does nothing yet',
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
