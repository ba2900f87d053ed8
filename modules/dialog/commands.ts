import type { CommandSignature } from '../../runtime/module-exports.ts';

const anyRequest = ['R', 'F', 'O', 'B', 'L'] as const;
const most = ['R', 'F', 'O', 'B'] as const;

const flag = { params: ['s'], paramNames: ['flag'], routes: anyRequest } as const;
const profile = { params: ['s', 's?'], paramNames: ['profile', 'value'], routes: most } as const;
const route = { params: ['s?'], paramNames: ['route'], routes: most, since: '3.1' } as const;

export const commands: Readonly<Record<string, CommandSignature>> = {
  create_dialog: {
    params: ['s?'],
    paramNames: ['flags'],
    routes: ['R'],
    description: 'Makes the dialog of an INVITE that begins one; with B its end sends BYE to both sides.',
  },
  match_dialog: {
    params: ['s?'],
    paramNames: ['DID_ONLY, DID_FALLBACK or DID_NONE'],
    routes: ['R'],
    description: 'Finds the dialog of a request within one, also where there is no Route.',
  },
  validate_dialog: {
    params: [],
    routes: ['R'],
    description:
      'Whether CSeq (-1), Request-URI (-2) and Route (-3) are those of the dialog; -4 without one.',
  },
  fix_route_dialog: {
    params: [],
    routes: ['R'],
    description: 'Gives the request the Request-URI and the Routes that the dialog knows.',
  },
  set_dlg_flag: { ...flag, description: 'Sets a flag of the dialog.' },
  reset_dlg_flag: { ...flag, description: 'Takes a flag of the dialog away.' },
  is_dlg_flag_set: { ...flag, description: 'Whether the dialog has a flag.' },
  test_and_set_dlg_flag: {
    params: ['s', 'i'],
    paramNames: ['flag', '0 or 1'],
    routes: anyRequest,
    description: 'Turns a flag round where it is as said; false where it is not, -2 without a dialog.',
  },
  store_dlg_value: {
    params: ['s', 's'],
    paramNames: ['name', 'value'],
    routes: anyRequest,
    description: 'Keeps a value with the dialog, as $dlg_val.',
  },
  fetch_dlg_value: {
    params: ['s', 'v'],
    paramNames: ['name', 'variable'],
    routes: anyRequest,
    description: 'Puts such a value into a variable; false where there is none.',
  },
  set_dlg_profile: {
    params: ['s', 's?', 'i?'],
    paramNames: ['profile', 'value', '1: other values go'],
    routes: most,
    description: 'Puts the dialog into a profile.',
  },
  unset_dlg_profile: { ...profile, description: 'Takes the dialog out of a profile.' },
  is_in_profile: { ...profile, description: 'Whether the dialog is in a profile.' },
  get_profile_size: {
    params: ['s', 's?', 'v'],
    paramNames: ['profile', 'value', 'variable'],
    routes: '*',
    description: 'How many dialogs are in a profile.',
  },
  dlg_on_answer: { ...route, description: 'A route for the moment when the call is accepted.' },
  dlg_on_timeout: { ...route, description: 'A route for the end of its lifetime, which may prolong it.' },
  dlg_on_hangup: { ...route, description: 'A route for its BYE.' },
};
