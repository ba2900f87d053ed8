import type { Manifest, ModuleFactory, ModuleFinding } from '../../runtime/module-exports.ts';

const noManagement = 'there is no management in tsips yet';

export const manifest = {
  name: 'mi_json',
  description: 'Accepted, and without effect yet: management by JSON over HTTP.',
  versions: { until: '2.4' },
  dependencies: [{ module: 'httpd', missing: 'abort' }],
  params: {
    mi_json_root: {
      type: 'string',
      description: 'The path that it answers under.',
      default: 'json',
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
  message: 'mi_json is loaded and does nothing yet',
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
