/** RFC 6455 §8.1, as the UTF-8 decoder stress test sorts it: sequences of bytes, by the number of their first case. */
export const utf8Rows: readonly [
  section: string,
  name: string,
  valid: boolean,
  sequences: readonly string[],
][] = [
  [
    '6.5',
    'valid',
    true,
    [
      '68656c6c6f24776f726c64',
      '68656c6c6fc2a2776f726c64',
      '68656c6c6fe282ac776f726c64',
      '68656c6c6ff0a4ada2776f726c64',
      'cebae1bdb9cf83cebcceb5',
    ],
  ],
  ['6.7', 'first of its length', true, ['00', 'c280', 'e0a080', 'f0908080']],
  ['6.8', 'first of a length that there is not', false, ['f888808080', 'fc8480808080']],
  ['6.9', 'last of its length', true, ['7f', 'dfbf', 'efbfbf', 'f48fbfbf']],
  ['6.10', 'last of a length beyond the range', false, ['f7bfbfbf', 'fbbfbfbfbf', 'fdbfbfbfbfbf']],
  ['6.11', 'at the borders', true, ['ed9fbf', 'ee8080', 'efbfbd', 'f48fbfbf']],
  ['6.11b', 'behind the last', false, ['f4908080']],
  [
    '6.12',
    'continuation bytes alone',
    false,
    ['80', 'bf', '80bf', '80bf80', '80bf80bf', '80bf80bf80', '80bf80bf80bf', everyByte(0x80, 0xbe)],
  ],
  [
    '6.13',
    'lonely first bytes',
    false,
    [
      everyByte(0xc0, 0xdf, '20'),
      everyByte(0xe0, 0xef, '20'),
      everyByte(0xf0, 0xf7, '20'),
      everyByte(0xf8, 0xfb, '20'),
      'fc20fd20',
    ],
  ],
  [
    '6.14',
    'the last byte missing',
    false,
    ['c0', 'e080', 'f08080', 'f8808080', 'fc80808080', 'df', 'efbf', 'f7bfbf', 'fbbfbfbf', 'fdbfbfbfbf'],
  ],
  ['6.15', 'all of these together', false, ['c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf']],
  ['6.16', 'bytes that never occur', false, ['fe', 'ff', 'fefeffff']],
  ['6.17', 'a slash in too many bytes', false, ['c0af', 'e080af', 'f08080af', 'f8808080af', 'fc80808080af']],
  [
    '6.18',
    'the longest in too many bytes',
    false,
    ['c1bf', 'e09fbf', 'f08fbfbf', 'f887bfbfbf', 'fc83bfbfbfbf'],
  ],
  ['6.19', 'NUL in too many bytes', false, ['c080', 'e08080', 'f0808080', 'f880808080', 'fc8080808080']],
  [
    '6.20',
    'single surrogates',
    false,
    ['eda080', 'edadbf', 'edae80', 'edafbf', 'edb080', 'edbe80', 'edbfbf'],
  ],
  [
    '6.21',
    'paired surrogates',
    false,
    [
      'eda080edb080',
      'eda080edbfbf',
      'edadbfedb080',
      'edadbfedbfbf',
      'edae80edb080',
      'edae80edbfbf',
      'edafbfedb080',
      'edafbfedbfbf',
    ],
  ],
  ['6.22', 'no characters, and yet valid', true, nonCharacters()],
  ['6.23', 'specials', true, ['efbfb9', 'efbfba', 'efbfbb', 'efbfbc', 'efbfbd', 'efbfbe', 'efbfbf']],
];

function everyByte(from: number, to: number, behind = ''): string {
  return Array.from({ length: to - from + 1 }, (_, at) => (from + at).toString(16) + behind).join('');
}

function nonCharacters(): string[] {
  return Array.from({ length: 17 }, (_, plane) => [0xfffe, 0xffff].map((low) => plane * 0x10000 + low))
    .flat()
    .map((point) => Buffer.from(String.fromCodePoint(point)).toString('hex'));
}
