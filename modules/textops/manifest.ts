import type { CommandSignature, Manifest, RouteLetter } from '../../runtime/module-exports.ts';

const anyMessage: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L'];
const requestRoutes: readonly RouteLetter[] = ['R', 'F', 'O', 'B'];

function search(description: string): CommandSignature {
  return { params: ['r'], paramNames: ['regular expression'], routes: anyMessage, description };
}

function change(second: string, description: string): CommandSignature {
  return { params: ['r', 's'], paramNames: ['regular expression', second], routes: anyMessage, description };
}

function substitute(routes: readonly RouteLetter[], description: string): CommandSignature {
  return { params: ['s!'], paramNames: ['/match/replacement/flags'], routes, description };
}

export const manifest = {
  name: 'textops',
  description: 'Searches and changes the text of messages with regular expressions.',
  commands: {
    search: search('True where the message as it came matches, its first line too.'),
    search_body: search('True where the body matches.'),
    search_append: change('text', 'Puts a text behind the first match in headers or body.'),
    search_append_body: change('text', 'Puts a text behind the first match in the body.'),
    replace: change('replacement', 'Replaces the first match in headers or body.'),
    replace_all: change('replacement', 'Replaces every match in headers and body.'),
    replace_body: change('replacement', 'Replaces the first match in the body.'),
    replace_body_all: change('replacement', 'Replaces every match in the body; `^` stands at each line.'),
    replace_body_atonce: change(
      'replacement',
      'Replaces every match in the body; `^` stands at the start of the body alone.',
    ),
    subst: substitute(anyMessage, 'Substitutes in headers and body.'),
    subst_body: substitute(anyMessage, 'Substitutes in the body.'),
    subst_uri: substitute(requestRoutes, 'Substitutes in the Request-URI.'),
    subst_user: substitute(requestRoutes, 'Substitutes in the user of the Request-URI.'),
  },
} as const satisfies Manifest;
