import type { CommandSignature, Manifest, RouteLetter } from '../../runtime/module-exports.ts';
import { params } from './params.ts';

const saveRoutes: readonly RouteLetter[] = ['R', 'O'];
const anyRoute: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L'];

const commands: Readonly<Record<string, CommandSignature>> = {
  save: {
    params: ['s=', 's?', 's?', 's?'],
    paramNames: ['table', 'flags', 'AoR', 'ownership tag'],
    routes: saveRoutes,
    description: 'Stores the contacts of a REGISTER and answers it.',
  },
  lookup: {
    params: ['s=', 's?', 's?'],
    paramNames: ['table', 'flags', 'AoR'],
    routes: ['R', 'F', 'O'],
    description: 'Puts the contacts of an AoR into the Request-URI and the branches.',
  },
  is_registered: {
    params: ['s=', 's?'],
    paramNames: ['table', 'AoR'],
    routes: anyRoute,
    since: '2.2',
    description: 'Whether an AoR has contacts.',
  },
  registered: {
    params: ['s=', 's?', 's?'],
    paramNames: ['table', 'AoR', 'Call-ID'],
    routes: anyRoute,
    until: '2.2',
    description: 'Whether an AoR has contacts, by their Call-ID where one is given.',
  },
  is_contact_registered: {
    params: ['s=', 's?', 's?', 's?'],
    paramNames: ['table', 'AoR', 'contact', 'Call-ID'],
    routes: anyRoute,
    since: '2.2',
    description: 'Whether an AoR has a contact, by its URI or Call-ID.',
  },
  is_ip_registered: {
    params: ['s=', 's?', 'v', 'v?'],
    paramNames: ['table', 'AoR', 'addresses', 'ports'],
    routes: anyRoute,
    since: '2.2',
    description: 'Whether a contact of an AoR is at one of some addresses.',
  },
  is_other_contact: {
    params: ['s=', 'v'],
    paramNames: ['table', 'addresses'],
    routes: ['R'],
    until: '2.2',
    description: 'Whether a contact of the AoR of To is at one of some addresses.',
  },
  remove: {
    params: ['s=', 's', 's?', 's?', 's?', 's?'],
    paramNames: ['table', 'AoR', 'contact', 'next hop', 'instance', 'branch flag'],
    routes: saveRoutes,
    description: 'Takes an AoR away, or some of its contacts.',
  },
  remove_ip_port: {
    params: ['s', 'i', 's=', 's?'],
    paramNames: ['address', 'port', 'table', 'AoR'],
    routes: '*',
    since: '3.3',
    description: 'Takes the contacts at an address away.',
  },
  add_sock_hdr: {
    params: ['s'],
    paramNames: ['header'],
    routes: anyRoute,
    description: 'Adds a header with the socket that the request came by.',
  },
};

export const manifest = {
  name: 'registrar',
  description: 'Answers REGISTER requests and finds the contacts of users (RFC 3261 §10.3).',
  dependencies: [
    { module: 'usrloc', missing: 'abort' },
    { module: 'signaling', missing: 'abort' },
    { module: 'tm', missing: 'silent' },
  ],
  commands,
  params,
  statistics: {
    max_expires: { description: 'the parameter of that name', gauge: true },
    max_contacts: { description: 'the parameter of that name', gauge: true },
    default_expire: { description: 'the parameter default_expires', gauge: true },
    accepted_regs: { description: 'registrations that were accepted' },
    rejected_regs: { description: 'registrations that were refused' },
  },
} as const satisfies Manifest;
