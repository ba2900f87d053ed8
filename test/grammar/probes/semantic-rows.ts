/**
 * Probes that no version accepts for another reason than grammar, by kind. Reading them gives no error; the checks
 * have to find what is wrong.
 */
export const semanticRows: Readonly<Record<string, readonly string[]>> = {
  'unknown global parameter': [
    'port=5060 legacy',
    'disable_tcp=yes',
    'unknown global foo=1',
    'unknown global with junk after',
    '#!ifdef kept',
    'debug=3',
    'fork=yes',
  ],
  'wrong type of a parameter': [
    'string value for int param',
    'int value for str param',
    'tls_mgm verify_cert as number',
    'proto_ws ws_port as string',
  ],
  'module or parameter unknown': [
    'modparam before loadmodule',
    'multi-module modparam a|b',
    'multi-module modparam where one lacks the param',
    'loadmodule twice',
  ],
  'refused by the module': ['tls_mgm [dom]cert before server_domain', '\x24{VAR} in string'],
  'socket of no protocol': [
    'proto not loaded for the socket',
    'ws socket without proto_ws',
    'socket: unknown protocol foo',
  ],
  'route defined twice': ['two main routes', 'duplicate route name'],
  'unknown variable or transformation': ['unknown transformation', 'unknown variable $foo'],
  'unknown function': ['unknown function'],
  'wrong arguments': ['negative number arg', 'wrong number of arguments'],
  'function in a forbidden route': ['function in a forbidden route type'],
  // 3.1 and later end without a message; the form is theirs.
  'ended without a message': ['route($var(x))'],
};
