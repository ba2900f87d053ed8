import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandLine, parseCommandLine } from '../../runtime/cli/command-line.ts';
import { options } from '../../runtime/cli/option-table.ts';

function read(...argv: string[]): CommandLine {
  const parsed = parseCommandLine(argv);
  assert.equal(parsed.kind, 'run', JSON.stringify(parsed));
  if (parsed.kind !== 'run') throw new Error('unreachable');
  return parsed.line;
}

function problemsOf(...argv: string[]): string[] {
  const parsed = parseCommandLine(argv);
  return parsed.kind === 'wrong' ? parsed.problems.map(({ caller, message }) => `${caller}: ${message}`) : [];
}

/** main.c: the getopt strings of 2.2, 2.4, 3.6 and 4.0. */
const originals = [
  'f:cCm:M:b:l:n:N:rRvdDFETSVhw:t:u:g:P:G:W:o:',
  'f:cCm:M:b:l:n:N:rRvdDFEVhw:t:u:g:P:G:W:o:',
  'A:f:cCm:M:b:l:n:N:rRvdDFEVhw:t:u:g:p:P:G:W:o:a:k:s:',
  'A:f:cCm:M:b:l:n:N:irRvdDFVhw:t:u:g:p:P:G:W:o:a:k:s:',
];

test('every letter of every version is there, with a value where the original has one', () => {
  const ours = new Map(options.map(({ name, value }) => [name, value !== undefined]));
  for (const [, letter = '', colon] of originals.join('').matchAll(/(\w)(:?)/g)) {
    assert.equal(ours.get(letter), colon === ':', `-${letter}`);
  }
});

test('what each letter does', () => {
  const rows: readonly [string[], Partial<CommandLine>][] = [
    [['-f', 'x.cfg'], { configFile: 'x.cfg' }],
    [['-f', '-'], { configFile: '-' }],
    [['-c'], { check: true }],
    [['-C'], { check: true }],
    [['-l', 'ws:127.0.0.1:80', '-l', 'eth0'], { listeners: ['ws:127.0.0.1:80', 'eth0'] }],
    [['-d', '-dd'], { debugLevels: 3 }],
    [['-D'], { debugMode: true }],
    [['-F'], { foreground: true }],
    [['-E'], { logToStderr: true }],
    [['-w', '/tmp'], { workingDirectory: '/tmp' }],
    [['-t', '/jail'], { chroot: '/jail' }],
    [['-u', 'nobody', '-g', '100'], { user: 'nobody', group: '100' }],
    [['-p', 'm4 -P'], { preprocessor: 'm4 -P' }],
    [['-P', 'a.pid', '-G', 'b.pid'], { pidFile: 'a.pid', pgidFile: 'b.pid' }],
    [
      ['-o', 'A=1', '-o', 'B', '-o', 'C=x=y'],
      {
        argumentVariables: new Map([
          ['A', '1'],
          ['B', ''],
          ['C', 'x=y'],
        ]),
      },
    ],
    [['-A', '10.0.0.1'], { advertisedAddress: '10.0.0.1' }],
    [['--opensips', '3.4'], { version: '3.4' }],
    [['--opensips=2.4'], { version: '2.4' }],
    [['--format=json'], { format: 'json' }],
    [['--inert'], { inert: true }],
    [['--loadmodule', 'phone', '--loadmodule=./own/x.so'], { modules: ['phone', './own/x.so'] }],
    [['modules', '-f', 'x.cfg'], { command: 'modules', configFile: 'x.cfg' }],
  ];
  for (const [argv, expected] of rows) {
    const line = read(...argv);
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(Reflect.get(line, key), value, `${argv.join(' ')}: ${key}`);
    }
  }
});

test('--loadmodule takes a name that can stand in a config', () => {
  assert.deepEqual(problemsOf('--loadmodule', 'x"y'), ['main: bad module name: --loadmodule x"y']);
});

test('accepted and said to change nothing', () => {
  const argv = ['-m', '64', '-M', '8', '-n', '4', '-N', '4', '-b', '1000', '-W', 'epoll', '-rRvTSi'];
  const allocators = ['-a', 'F_MALLOC', '-k', 'q_malloc', '-s', 'HP_MALLOC_DBG'];
  const line = read(...argv, ...allocators);
  const names = line.noEffect.map(({ name }) => name).sort();
  assert.deepEqual(names, ['M', 'N', 'R', 'S', 'T', 'W', 'a', 'b', 'i', 'k', 'm', 'n', 'r', 's', 'v']);
  for (const { noEffect } of line.noEffect) assert.ok(noEffect);
});

test('getopt: letters together, values attached, options behind operands, -- ends', () => {
  assert.deepEqual(pick(read('-FEfx.cfg')), [true, true, 'x.cfg']);
  assert.deepEqual(pick(read('-FE', '-f', '-x.cfg')), [true, true, '-x.cfg']);
  assert.deepEqual(read('-F', 'stray', '-E').ignored, ['stray']);
  assert.equal(read('-F', 'stray', '-E').logToStderr, true);
  assert.deepEqual(read('-F', '--', '-E').ignored, ['-E']);
  assert.equal(read('-F', '--', '-E').logToStderr, false);
  assert.deepEqual(read('-F', '-').ignored, ['-']);
});

function pick(line: CommandLine): unknown[] {
  return [line.foreground, line.logToStderr, line.configFile];
}

/** As OpenSIPS 3.6.8 answered. */
const refusals: readonly [string[], string[]][] = [
  [['-Z'], ['main: Unknown option `-Z`.']],
  [['-cZ'], ['main: Unknown option `-Z`.']],
  [['-f'], ['main: Unknown option `-f`.']],
  [['-e', 'x'], ['main: Unknown option `-e`.']],
  [['-é'], ['main: Unknown option character `\\xffffffc3`.']],
  [['-m', '12x'], ['main: bad shmem size number: -m 12x']],
  [['-M', '12x'], ['main: bad pkgmem size number: -m 12x']],
  [['-n', 'x'], ['main: bad UDP workers number: -n x']],
  [['-N', 'x'], ['main: bad TCP workers number: -N x']],
  [['-b', 'x'], ['main: bad max buffer size number: -b x']],
  [['-a', 'NOPE'], ['main: current build does not support this allocator (-a NOPE)']],
  [['-W', 'foo'], ['main: bad poll method name: -W foo\ntry one of poll, epoll, sigio_rt, select.']],
  [
    ['-l', 'foo:bar:1'],
    ['parse_phostport: bad protocol in foo:bar:1', 'main: bad -l address specifier: foo:bar:1'],
  ],
];

test('main.c: refused in the words of the original', () => {
  for (const [argv, expected] of refusals) assert.deepEqual(problemsOf(...argv), expected, argv.join(' '));
});

test('main.c: -m, -M, -a, -k and -s are looked at first', () => {
  assert.deepEqual(problemsOf('-Z', '-m', '1x'), ['main: bad shmem size number: -m 1x']);
});

test('our own words are refused in the same manner', () => {
  assert.deepEqual(problemsOf('--nope'), ['main: Unknown option `--nope`.']);
  assert.deepEqual(problemsOf('--opensips'), ['main: Option `--opensips` requires an argument.']);
  assert.deepEqual(problemsOf('--inert=1'), ['main: Option `--inert` takes no argument.']);
  assert.match(problemsOf('--format=xml').join(), /bad format: --format xml/);
});

test('a word in front that is none of ours goes to the modules of the config, with those behind it', () => {
  const { command, words, configFile, ignored } = read(
    'tls',
    'explain',
    '-f',
    'x',
    'wss:127.0.0.1',
    'a.example',
  );
  assert.deepEqual([command, configFile, ignored], ['tls', 'x', []]);
  assert.deepEqual(words, ['explain', 'wss:127.0.0.1', 'a.example']);
});

test('pvar.c add_arg_var: a bad -o is said, and the rest goes on', () => {
  const line = read('-o', 'a=1', '-o', 'a=2', '-o', '=x', '-F');
  assert.deepEqual([...line.argumentVariables], [['a', '1']]);
  assert.deepEqual(
    line.complaints.map(({ message }) => message),
    [
      'duplicate option name <a>',
      'cannot add option a=2',
      'no option name specified',
      'cannot add option =x',
    ],
  );
  assert.equal(line.foreground, true);
});

test('certs: its folder, its names, its options, and nothing of the others', () => {
  const rows: readonly [string[], object][] = [
    [['d'], { directory: 'd', names: ['localhost,127.0.0.1,::1'], force: false, ifMissing: false }],
    [['d', 'a', 'b,c', '--force'], { directory: 'd', names: ['a', 'b,c'], force: true, ifMissing: false }],
    [['--if-missing', '--', '-d', 'a'], { directory: '-d', names: ['a'], force: false, ifMissing: true }],
  ];
  for (const [argv, line] of rows) {
    assert.deepEqual(parseCommandLine(['certs', ...argv]), { kind: 'certs', line });
  }
  assert.deepEqual(problemsOf('certs'), [
    'main: certs: give the folder to make them in: tsips certs DIR [NAME...]',
  ]);
  assert.deepEqual(problemsOf('certs', 'd', '-F'), ['main: Unknown option `-F`.']);
  assert.deepEqual(problemsOf('certs', 'd', '--force=1'), ['main: Option `--force` takes no argument.']);
  assert.match(problemsOf('certs', 'd', '--force', '--if-missing').join(), /exclude each other/);
  assert.deepEqual(parseCommandLine(['certs', '-h']), { kind: 'help', command: 'certs' });
  assert.deepEqual(problemsOf('--force'), ['main: Unknown option `--force`.']);
});

test('-V and -h answer where they stand', () => {
  assert.equal(parseCommandLine(['-V', '-Z']).kind, 'version');
  assert.equal(parseCommandLine(['--version']).kind, 'version');
  assert.equal(parseCommandLine(['-Fh']).kind, 'help');
  assert.equal(parseCommandLine(['-Z', '-V']).kind, 'wrong');
});

test('-l takes host:port, interfaces and IPv6 without a protocol too', () => {
  for (const listener of ['localhost:5060', 'eth0', '[::1]:5060', 'ws:[::1]:80', 'WS:*:80', 'tcp:lo']) {
    assert.deepEqual(read('-l', listener).listeners, [listener]);
  }
});
