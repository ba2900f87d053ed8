export type Severity = 'error' | 'warning' | 'note';

export interface DiagnosticFacts {
  readonly severity: Severity;
  /** What it tells, as a title. */
  readonly what: string;
  readonly why: string;
  /** What to do about it. */
  readonly help: string;
  /** It tells of this host alone: OpenSIPS itself would take the file as it is. */
  readonly ofHost?: true;
}

/** Every diagnostic that tsips can give about a config, once. Docs and tests are made from this table. */
export const diagnosticCodes = {
  'syntax-error': {
    severity: 'error',
    what: 'the text does not follow the grammar',
    why: 'OpenSIPS stops at the first syntax error; nothing after it would take effect',
    help: 'mend the statement; reading went on at the next one',
  },
  // ---- What reading a text reports: includes, lexer, parser.
  'missing-semicolon': {
    severity: 'error',
    what: 'a statement does not end with a semicolon',
    why: 'OpenSIPS reads on over the end of the line and stops at the next word',
    help: 'put `;` after the statement',
  },
  'stray-semicolon': {
    severity: 'error',
    what: 'a semicolon stands where nothing can end',
    why: 'OpenSIPS allows `;` inside routes only, and stops here with a syntax error',
    help: 'take the `;` out',
  },
  'missing-brace': {
    severity: 'error',
    what: 'a block is not closed',
    why: 'everything up to the end of the file would belong to it',
    help: 'put `}` where the block ends',
  },
  'stray-brace': {
    severity: 'error',
    what: 'a `}` closes nothing',
    why: 'the block that it was meant for is closed already, so what follows stands outside of every route',
    help: 'take the `}` out, or put the missing `{` before it',
  },
  'empty-route': {
    severity: 'error',
    what: 'a route without a statement',
    why: 'OpenSIPS wants at least one statement in a route',
    help: 'write `exit;`, or take the route out',
  },
  'empty-file': {
    severity: 'error',
    what: 'a file that holds nothing',
    why: 'OpenSIPS reports a syntax error and does not start',
    help: 'name the right file, or write the config',
  },
  'slash-comment': {
    severity: 'error',
    what: 'a comment that starts with //',
    why: 'OpenSIPS knows `#` to the end of the line and `/* … */` only',
    help: 'start the comment with `#`',
  },
  'reserved-word': {
    severity: 'error',
    what: 'a reserved word stands for a name',
    why: 'OpenSIPS takes the word as a keyword everywhere',
    help: 'choose another name, or put it in quotes where a string may stand',
  },
  'break-outside-loop': {
    severity: 'error',
    what: '`break` stands outside of switch, while and for',
    why: 'there is nothing that it could leave',
    help: 'use `return` to leave a route, or `exit` to end the script',
  },
  'too-deeply-nested': {
    severity: 'error',
    what: 'parts of the text are nested deeper than the limit',
    why: 'a text of such depth is a slip of a generator; reading it could exhaust the stack',
    help: 'split it into routes',
  },
  'unterminated-string': {
    severity: 'error',
    what: 'a string is not closed',
    why: 'it reaches to the end of the file, so OpenSIPS never sees what follows',
    help: 'put the closing quote where the string ends',
  },
  'unterminated-variable': {
    severity: 'error',
    what: 'the brackets of a variable are not closed',
    why: 'the variable reaches to the end of the file',
    help: 'put the closing `)`',
  },
  'unterminated-comment': {
    severity: 'warning',
    what: 'a comment is not closed',
    why: 'OpenSIPS takes all the rest of the file as comment and says nothing',
    help: 'put `*/` where the comment ends; comments nest, each `/*` wants its own',
  },
  'stray-character': {
    severity: 'warning',
    what: 'a character that OpenSIPS skips',
    why: 'no token begins with it; OpenSIPS prints it and reads on as if it were not there',
    help: 'take it out',
  },
  'byte-order-mark': {
    severity: 'warning',
    what: 'the file begins with a byte order mark',
    why: 'OpenSIPS skips it without a word; other tools stumble over it',
    help: 'store the file as UTF-8 without a byte order mark',
  },
  'no-break-space': {
    severity: 'warning',
    what: 'a no-break space that OpenSIPS skips',
    why: 'it looks like a space and is none: two words with it between them are read as one after the other',
    help: 'replace it with an ordinary space',
  },
  'number-too-large': {
    severity: 'warning',
    what: 'a number that OpenSIPS cannot hold',
    why: 'OpenSIPS keeps numbers in 32 bits with a sign and wraps the rest without a word',
    help: 'write a number from -2147483648 to 2147483647',
  },
  'nul-in-string': {
    severity: 'warning',
    what: 'a string holds the character 0',
    why: 'OpenSIPS ends the string there',
    help: 'take the escape out',
  },
  'word-operator-in-variable': {
    severity: 'warning',
    what: 'the name of a variable holds and, or or not',
    why: 'OpenSIPS ends the variable in front of these letters and stops with a syntax error',
    help: 'write the variable in brackets: $(name)',
  },
  'bad-address': {
    severity: 'error',
    what: 'an IPv4 address has a number above 255',
    why: 'OpenSIPS says "bad ipv4 address" and does not start',
    help: 'mend the address; a port stands behind a colon',
  },
  'bad-variable': {
    severity: 'error',
    what: 'a variable is not written right',
    why: 'OpenSIPS stops at a variable that it cannot read',
    help: 'write $name, $name(inner) or $(name(inner)[index]{transformation})',
  },
  'text-after-variable': {
    severity: 'warning',
    what: 'something is written right behind a variable',
    why: 'OpenSIPS takes it into the variable and then ignores it: `$ru{uri.user}` is `$ru`',
    help: 'put the whole in brackets, as in $(ru{uri.user}), or a blank behind the variable',
  },
  'include-not-found': {
    severity: 'error',
    what: 'an included file cannot be read',
    why: 'OpenSIPS does not start without it',
    help: 'mend the path; a relative one is looked for beside the including file, then beside the config, then in the working directory',
  },
  'import-not-found': {
    severity: 'warning',
    what: 'an imported file cannot be read',
    why: 'OpenSIPS up to 2.4 goes on without it; from 3.0 on it does not start',
    help: 'create the file, empty if need be, or take the line out',
  },
  'file-not-found': {
    severity: 'note',
    what: 'a file or folder that the config names does not exist here',
    why: 'OpenSIPS would not start, or do without what it reads there, on a machine where it is missing',
    help: 'mend the path, or create it; where the config is for another machine, look there',
  },
  'include-cycle': {
    severity: 'error',
    what: 'a file includes itself',
    why: 'including it would never end',
    help: 'take one of the include lines of the circle out',
  },
  'include-too-deep': {
    severity: 'error',
    what: 'files include each other deeper than the limit',
    why: 'OpenSIPS stops at 50 levels from 3.0 on, and at 10 before',
    help: 'include the inner files from the outer one',
  },
  // ---- What the checks report.
  // Global parameters.
  'unknown-global': {
    severity: 'error',
    what: 'no OpenSIPS version has such a global parameter',
    why: 'OpenSIPS reports a bare syntax error here and does not start',
    help: 'mend the name, or take the line out',
  },
  'global-wrong-type': {
    severity: 'error',
    what: 'the value of a global parameter is of the wrong type',
    why: 'OpenSIPS converts nothing: a number, a word and a string are three things',
    help: 'write the value as the parameter asks for it',
  },
  'global-out-of-range': {
    severity: 'error',
    what: 'the value of a global parameter is outside of what it may be',
    why: 'tsips could not follow it; OpenSIPS refuses it, or takes it and misbehaves',
    help: 'choose another value',
  },
  'global-without-effect': {
    severity: 'note',
    ofHost: true,
    what: 'a global parameter that changes nothing in tsips',
    why: 'it belongs to something that tsips does not have, such as worker processes or shared memory',
    help: 'nothing has to be done; the line may stay',
  },
  'global-not-yet': {
    severity: 'warning',
    ofHost: true,
    what: 'a global parameter that tsips does not follow yet',
    why: 'the host starts, but behaves as if the line were not there',
    help: 'take the line out if its effect is not needed',
  },
  // Modules.
  'module-not-found': {
    severity: 'error',
    what: 'a module cannot be found',
    why: 'without it its functions, variables and sockets do not exist',
    help: 'set mpath to the folder that holds it, or mend the name',
  },
  'module-not-checked': {
    severity: 'note',
    what: 'a module that nobody here knows',
    why: 'its file has no manifest.json beside it, and a check runs no code: whatever it exports is taken as it stands',
    help: 'put its manifest beside it as manifest.json',
  },
  'module-not-in-tsips': {
    severity: 'error',
    ofHost: true,
    what: 'a module that OpenSIPS has and tsips has not',
    why: 'the routes or sockets that need it could not work',
    help: 'take its uses out, or start with --inert: its functions then fail at their place',
  },
  'module-inert': {
    severity: 'warning',
    ofHost: true,
    what: 'a module that OpenSIPS has and tsips has not, which no route uses',
    why: 'its parameters are checked, and it does nothing',
    help: 'nothing has to be done, unless its work in the background is needed',
  },
  'module-loaded-twice': {
    severity: 'warning',
    what: 'the same module is loaded twice',
    why: 'OpenSIPS refuses the second line; tsips ignores it when it starts',
    help: 'take one of the lines out',
  },
  'module-loaded-too-late': {
    severity: 'error',
    what: 'a module is loaded below a route that uses it',
    why: 'OpenSIPS looks functions and variables up while it reads, and asks "missing loadmodule?"',
    help: 'move the loadmodule line above the routes',
  },
  'missing-dependency': {
    severity: 'error',
    what: 'a module needs another one that is not loaded',
    why: 'it could not do its work without',
    help: 'load what it needs',
  },
  'dependency-circle': {
    severity: 'error',
    what: 'modules depend on each other in a circle',
    why: 'none of them can be started first',
    help: 'leave out one of the modules or the parameter that makes it depend',
  },
  // Parameters of modules.
  'modparam-without-module': {
    severity: 'error',
    what: 'a modparam for a module that is not loaded above it',
    why: 'OpenSIPS sets parameters while it reads, and says "Parameter not found" where no module matches yet',
    help: 'load the module above this line, or take the line out',
  },
  'modparam-bad-pattern': {
    severity: 'error',
    what: 'the module name of a modparam is not a valid regular expression',
    why: 'OpenSIPS matches it against the names of all loaded modules',
    help: 'write the name of the module, or names joined by |',
  },
  'unknown-parameter': {
    severity: 'error',
    what: 'a module has no such parameter',
    why: 'OpenSIPS says "Parameter not found" and does not start',
    help: 'mend the name, or take the line out',
  },
  'parameter-not-in-tsips': {
    severity: 'warning',
    ofHost: true,
    what: "a parameter that OpenSIPS's module has and that of tsips has not",
    why: 'the host starts, but the parameter changes nothing',
    help: 'take the line out if its effect is not needed',
  },
  'parameter-wrong-type': {
    severity: 'error',
    what: 'a parameter is given a value of the wrong type',
    why: 'OpenSIPS converts nothing and says "Parameter not found" to this too',
    help: 'numbers stand without quotes, strings with them',
  },
  'parameter-out-of-range': {
    severity: 'error',
    what: 'the value of a parameter is outside of what it may be',
    why: 'OpenSIPS says "Parameter not found" where its module refuses a value, or takes it and misbehaves',
    help: 'choose a value within the range',
  },
  'parameter-wrong-form': {
    severity: 'error',
    what: 'the value of a parameter is not written as its module reads it',
    why: 'the module refuses the line, and OpenSIPS ends with "Parameter not found"',
    help: 'write the value in the form of that version',
  },
  'parameter-without-effect': {
    severity: 'note',
    ofHost: true,
    what: 'a parameter that changes nothing in tsips',
    why: 'it belongs to something that tsips does in another way',
    help: 'nothing has to be done; the line may stay',
  },
  // Sockets.
  'no-listener': {
    severity: 'error',
    what: 'no socket line',
    why: 'a host that listens nowhere can answer nobody',
    help: 'add a line such as socket=ws:127.0.0.1:8080',
  },
  'unknown-protocol': {
    severity: 'error',
    what: 'no OpenSIPS version has such a protocol',
    why: 'the socket could not be opened',
    help: 'mend the name',
  },
  'protocol-without-module': {
    severity: 'error',
    what: 'a socket whose protocol no loaded module handles',
    why: 'OpenSIPS says "listeners found for protocol, but no module can handle it" and does not start',
    help: "load the protocol's module",
  },
  'protocol-not-in-tsips': {
    severity: 'error',
    ofHost: true,
    what: 'a socket of a protocol that OpenSIPS has and tsips has not',
    why: 'the socket could not be opened',
    help: 'take the line out, or start with --inert: the socket then stays closed',
  },
  'port-out-of-range': {
    severity: 'error',
    what: 'a port outside 1..65535',
    why: 'OpenSIPS cuts such a number to 16 bits and listens on another port',
    help: 'choose a port from 1 to 65535',
  },
  'duplicate-socket': {
    severity: 'warning',
    what: 'the same socket twice',
    why: 'it is opened once; options of the second line have no effect',
    help: 'take one of the lines out',
  },
  // Routes.
  'unknown-route': {
    severity: 'error',
    what: 'a route that is called and not defined',
    why: 'OpenSIPS passes this with -C and then fails to start',
    help: 'define the route, or mend the name',
  },
  'route-not-entered': {
    severity: 'warning',
    ofHost: true,
    what: 'a route for an event that tsips does not raise',
    why: 'what would lead there does not exist yet',
    help: 'nothing has to be done, unless its work is needed',
  },
  'duplicate-route': {
    severity: 'error',
    what: 'the same route is defined twice',
    why: 'OpenSIPS refuses the second definition',
    help: 'give one of them another name',
  },
  'unknown-event': {
    severity: 'warning',
    what: 'an event_route for an event that nothing raises',
    why: 'up to 3.5 OpenSIPS does not start with it, from 3.6 on the route never runs',
    help: 'mend the name, or load the module that raises the event',
  },
  // Functions.
  'unknown-function': {
    severity: 'error',
    what: 'no loaded module has such a function',
    why: 'OpenSIPS asks "missing loadmodule?" and does not start',
    help: "mend the name, or load the function's module",
  },
  'function-not-in-tsips': {
    severity: 'error',
    ofHost: true,
    what: 'a function that OpenSIPS has and tsips has not',
    why: 'the routes that call it could not work',
    help: 'take the call out, or start with --inert: the function then fails at its place',
  },
  'function-not-async': {
    severity: 'error',
    what: 'a function that cannot be used in async() or launch()',
    why: 'only functions with an asynchronous version can',
    help: 'call it directly',
  },
  'function-not-allowed-here': {
    severity: 'error',
    what: 'a function in a kind of route that does not allow it',
    why: 'it needs something that such a route does not have',
    help: 'call it from a kind of route that allows it',
  },
  'wrong-argument-count': {
    severity: 'error',
    what: 'a function is called with too few or too many arguments',
    why: 'the call could not be carried out',
    help: 'give the arguments that the function asks for',
  },
  'wrong-argument-kind': {
    severity: 'error',
    what: 'an argument is of the wrong kind',
    why: 'OpenSIPS converts no arguments',
    help: 'write the argument as the function asks for it',
  },
  'bad-network': {
    severity: 'error',
    what: 'an address or network that there cannot be',
    why: 'OpenSIPS says "unable to parse ip and/or netmask" and does not start',
    help: 'mend the address or its mask',
  },
  // Variables.
  'unknown-variable': {
    severity: 'error',
    what: 'no loaded module has such a variable',
    why: 'OpenSIPS asks "maybe a \'loadmodule\' statement is missing" and does not start',
    help: "mend the name, or load the variable's module",
  },
  'variable-not-in-tsips': {
    severity: 'error',
    ofHost: true,
    what: 'a variable that OpenSIPS has and tsips has not',
    why: 'the routes that use it could not work',
    help: 'take its use out, or start with --inert: it then reads as NULL',
  },
  'variable-wrong-form': {
    severity: 'error',
    what: 'a variable with too little or too much around its name',
    why: 'the name alone says something else, or nothing',
    help: 'write it as its manual shows',
  },
  'unknown-variable-word': {
    severity: 'error',
    what: 'a word in the brackets of a variable that it does not know',
    why: 'it would be NULL for every message',
    help: 'write one of its words',
  },
  'variable-not-writable': {
    severity: 'error',
    what: 'a value is assigned to a variable that can only be read',
    why: 'OpenSIPS says "invalid left operand in assignment"',
    help: 'use another variable, such as $var(name)',
  },
  'unknown-transformation': {
    severity: 'error',
    what: 'no loaded module has such a transformation',
    why: 'OpenSIPS does not start',
    help: 'mend the name',
  },
  'transformation-not-in-tsips': {
    severity: 'error',
    ofHost: true,
    what: 'a transformation that OpenSIPS has and tsips has not',
    why: 'the routes that use it could not work',
    help: 'take it out, or start with --inert: its value is then NULL',
  },
  'transformation-wrong-arguments': {
    severity: 'error',
    what: 'a transformation with too few or too many arguments',
    why: 'it could not be carried out',
    help: 'give the arguments that it asks for',
  },
  // Versions.
  'not-in-version': {
    severity: 'warning',
    what: 'something that the version of this file does not have',
    why: 'tsips accepts what any version from 2.1 to 4.0 accepts; that OpenSIPS itself would refuse it',
    help: 'use the form of that version, or say with --opensips which version the file is for',
  },
  // Sockets.
  'statement-not-here': {
    severity: 'error',
    ofHost: true,
    what: 'a statement that tsips cannot run',
    why: 'a host would not start with it; with --inert it fails when the script gets there',
    help: 'tsips has nothing in its place: take it out, or leave this part to OpenSIPS',
  },
  'route-never-called': {
    severity: 'note',
    what: 'a route that nothing calls',
    why: 'its statements never run',
    help: 'take it out, or call it where it was meant',
  },
  'variable-never-written': {
    severity: 'note',
    what: 'a $var that is read and never written',
    why: 'it reads as 0 or as nothing wherever it stands',
    help: 'mend the name, or give it a value',
  },
  'condition-always-true': {
    severity: 'warning',
    what: 'a condition that is an assignment',
    why: 'the assignment happens, and what stands behind the condition always runs',
    help: 'write == to compare; where it is meant, put the assignment in front of the condition',
  },
  'not-in-opensips': {
    severity: 'warning',
    what: 'something that tsips has and no version of OpenSIPS',
    why: 'OpenSIPS would refuse the file',
    help: 'nothing has to be done where only tsips runs the file',
  },
  'socket-flag-without-effect': {
    severity: 'warning',
    ofHost: true,
    what: 'a flag of a socket that changes nothing in tsips',
    why: 'headers of the PROXY protocol stand in front of TCP and WebSocket connections alone',
    help: 'take the flag out, and have no balancer or peer count on it',
  },
  // ---- What resolving the sockets on this machine reports.
  'socket-host-unknown': {
    severity: 'error',
    what: 'the host of a socket is no interface here and cannot be looked up',
    why: 'the socket could not be opened',
    help: 'mend the name, or write an address or an interface of this machine',
  },
  'socket-address-foreign': {
    severity: 'error',
    what: 'the address of a socket belongs to no interface of this machine',
    why: 'the system would refuse to bind it',
    help: 'write an address of this machine, an interface name, or *; `as` names the address that others see',
  },
  'socket-without-name': {
    severity: 'warning',
    what: 'the address of a socket has no name in the DNS',
    why: 'auto_aliases takes the names of the sockets as names of this host',
    help: 'set auto_aliases=no, or write an alias line',
  },
  'listen-argument': {
    severity: 'error',
    what: 'an argument of -l is not of the form [protocol:]host[:port]',
    why: 'it is not known what to listen on',
    help: 'write it as ws:127.0.0.1:8080',
  },
  // ---- What compiling the script reports, where no check did.
  'script-unusable': {
    severity: 'error',
    what: 'a part of the script cannot run here',
    why: 'it would fail each time the script gets there',
    help: 'take it out, or write it another way',
  },
  'script-name-unknown': {
    severity: 'error',
    what: 'a function, variable or transformation that nothing here has',
    why: 'it would fail each time the script gets there',
    help: 'take it out, or load the module that has it',
  },
  'regular-expression-unusable': {
    severity: 'error',
    what: 'a regular expression that cannot be used',
    why: 'OpenSIPS compiles constant expressions when it starts, and stops at a bad one',
    help: 'write it as a POSIX extended regular expression',
  },
  // ---- What making the modules for a trial reports.
  'module-unusable': {
    severity: 'error',
    what: 'a module was found and cannot be made',
    why: 'its code throws, or what it gives does not fit its manifest',
    help: 'mend the module, or load another one',
  },
} as const satisfies Record<string, DiagnosticFacts>;

/** Whether a finding tells of this host alone, and not of what OpenSIPS would refuse. */
export function isOfHost(code: string): boolean {
  const codes: Readonly<Record<string, DiagnosticFacts>> = diagnosticCodes;
  return Object.hasOwn(codes, code) && codes[code]?.ofHost === true;
}

export type DiagnosticCode = keyof typeof diagnosticCodes;
