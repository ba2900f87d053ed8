import type { CommandSignature, Manifest, MiFacts } from '../../runtime/module-exports.ts';
import { params } from './params.ts';

const testedRoutes = ['R', 'F', 'O', 'B', 'L'] as const;

const commands: Readonly<Record<string, CommandSignature>> = {
  nat_uac_test: {
    params: ['s'],
    paramNames: ['tests'],
    routes: testedRoutes,
    description:
      'True where one of the tests finds the sender behind a NAT: names with commas between them, or (up to 3.3) the sum of their numbers.',
  },
  fix_nated_contact: {
    params: ['s?', 's?'],
    paramNames: ['parameters, with their semicolons', 'flags'],
    routes: ['R', 'O', 'B', 'L'],
    description: 'Puts the address and port that the message came from into its contacts.',
  },
  fix_nated_sdp: {
    params: ['s', 's?', 's?'],
    paramNames: ['flags', 'address', 'lines, each with its line end in front'],
    routes: testedRoutes,
    description: 'Puts the address that the message came from, or another one, into its SDP.',
  },
  fix_nated_register: {
    params: [],
    routes: ['R'],
    description: 'Writes where the message came from into received_avp, as a URI.',
  },
  add_rcv_param: {
    params: ['i?'],
    paramNames: ['1: into the URI'],
    routes: ['R'],
    description: 'Adds a parameter `received` to the contacts, or to their URIs.',
  },
  restore_nated_ruri: {
    params: [],
    routes: ['R', 'B', 'L'],
    since: '4.0',
    description: 'Takes back what fix_nated_contact() with preserve-uri has done to the Request-URI.',
  },
};

const enablePing: MiFacts = {
  description: 'Whether contacts are pinged: tells it, or sets it.',
  params: [[], ['status']],
};

export const manifest = {
  name: 'nathelper',
  description: 'Finds senders behind a NAT, mends their contacts and SDP, and keeps their way open by pings.',
  commands,
  params,
  dependenciesFromParams: {
    natping_interval: [{ module: 'usrloc', missing: 'abort', when: { is: 'greater-than', value: 0 } }],
  },
  mi: { enable_ping: { ...enablePing, since: '4.0' }, nh_enable_ping: enablePing },
} as const satisfies Manifest;
