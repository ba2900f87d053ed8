import type { CommandSignature, Manifest } from '../../runtime/module-exports.ts';

function rounding(description: string): CommandSignature {
  return { params: ['s', 'v'], paramNames: ['number', 'result'], routes: '*', description };
}

const digits = { params: ['s', 'v', 'i?'], routes: '*' } as const;

export const manifest = {
  name: 'mathops',
  description: 'Arithmetic with floating point numbers.',
  commands: {
    math_eval: {
      params: ['s', 'v'],
      paramNames: ['expression', 'result'],
      routes: '*',
      description: 'The value of an expression, as a text.',
    },
    math_rpn: {
      params: ['s', 'v'],
      paramNames: ['expression', 'result'],
      routes: '*',
      description: 'The value of an expression in reverse Polish notation, as a text.',
    },
    math_compare: {
      params: ['s', 's', 'v'],
      paramNames: ['expression', 'other expression', 'result'],
      routes: '*',
      since: '3.3',
      description: '1 where the first expression is larger, -1 where the second is, else 0.',
    },
    math_trunc: rounding('The integer towards 0.'),
    math_floor: rounding('The integer below.'),
    math_ceil: rounding('The integer above.'),
    math_round: {
      ...digits,
      paramNames: ['number', 'result', 'decimals'],
      description: 'The nearest integer, half away from 0; with decimals a text that has so many.',
    },
    math_round_sf: {
      ...digits,
      paramNames: ['number', 'result', 'figures'],
      description: 'The number with so many significant figures, as a text.',
    },
  },
  params: {
    decimal_digits: {
      type: 'integer',
      description: 'Decimals of the results that are texts.',
      default: 6,
      minimum: 0,
      maximum: 100,
    },
  },
} as const satisfies Manifest;
