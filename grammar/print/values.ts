import type {
  Host,
  IpNetwork,
  Node,
  NumberLiteral,
  PortRange,
  StringLiteral,
  Transformation,
  Variable,
  VariableIndex,
} from '../ast.ts';
import { quoteString } from '../parse/string-literal.ts';
import { printBlock, printCommand, printStatement } from './statements.ts';

/** Writes names, values and expressions. `depth` counts the tabs of the statement around, for blocks in conditions. */
export function printValue(node: Node, depth = 0): string {
  switch (node.kind) {
    case 'Name':
      return node.quoted ? quoteString(node.text) : node.text;
    case 'Number':
      return printNumber(node);
    case 'String':
      return printString(node);
    case 'Null':
      return 'NULL';
    case 'Word':
      return node.text;
    case 'Operand':
      return node.name;
    case 'Host':
      return printHost(node);
    case 'IpNetwork':
      return printNetwork(node);
    case 'SocketName':
      return [node.protocol, node.host, ...(node.port ? [node.port] : [])]
        .map((one) => printValue(one))
        .join(':');
    case 'EmptyArgument':
      return '';
    case 'Variable':
      return printVariable(node);
    case 'BrokenExpression':
      return '/* not read */';
    default:
      return printExpression(node, depth);
  }
}

function printExpression(node: Node, depth: number): string {
  switch (node.kind) {
    case 'Comparison':
    case 'Arithmetic':
      return `${printValue(node.left, depth)} ${node.operator} ${printValue(node.right, depth)}`;
    case 'Logical':
      return `${printValue(node.left, depth)} ${node.operator === 'and' ? '&&' : '||'} ${printValue(node.right, depth)}`;
    case 'Not':
      return `!${printValue(node.operand, depth)}`;
    case 'BitNot':
      return `~${printValue(node.operand, depth)}`;
    case 'Group':
      return `(${printValue(node.value, depth)})`;
    // A variable only ends at a blank in front of a bracket.
    case 'Evaluation':
      return `[ ${printValue(node.value, depth)} ]`;
    case 'StatementExpression': {
      const { statement } = node;
      if (statement.kind === 'Block') return printBlock(statement, depth);
      return printCommand(statement, depth) ?? printStatement(statement, depth) ?? '';
    }
    default:
      return printPart(node) ?? printCommand(node, depth) ?? '';
  }
}

function printNumber({ value, sign, word, base }: NumberLiteral): string {
  const size = Math.abs(value);
  const prefix = base === undefined ? '' : base === 8 ? '0' : '0x';
  return `${sign ?? (value < 0 ? '-' : '')}${word ?? prefix + size.toString(base)}`;
}

function printString({ value, parts }: StringLiteral): string {
  return (parts ?? [value]).map(quoteString).join(' ');
}

function printHost({ text, form, quoted }: Host): string {
  if (quoted) return quoteString(text);
  return form === 'ipv6' ? `[${text}]` : text;
}

function printNetwork({ address, mask }: IpNetwork): string {
  return mask === undefined ? address : `${address}/${mask}`;
}

export function printPorts(ports: readonly PortRange[]): string {
  return ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

// ---- Variables.

function printVariable({ name, context, inner, index, transformations, delimited }: Variable): string {
  const words = `${context === undefined ? '' : `<${context}>`}${name}${inner ? `(${printPart(inner)})` : ''}`;
  if (!delimited) return `$${words}`;
  return `$(${words}${index ? printIndex(index) : ''}${transformations.map(printTransformation).join('')})`;
}

function printIndex(index: VariableIndex): string {
  switch (index.kind) {
    case 'NumberIndex':
      return `[${index.value}]`;
    case 'AllIndex':
      return '[*]';
    case 'NameIndex':
      return `[${index.text}]`;
    case 'VariableIndex':
      return `[${printVariable(index.variable)}]`;
  }
}

function printTransformation({ group, operation, arguments: list }: Transformation): string {
  return `{${[`${group}.${operation}`, ...list.map((text) => printPart(text) ?? '')].join(',')}}`;
}

/** The parts of a variable. */
function printPart(node: Node): string | undefined {
  switch (node.kind) {
    case 'FormattedText':
      return node.parts.map((part) => (part.kind === 'TextPart' ? part.text : printVariable(part))).join('');
    case 'TextPart':
      return node.text;
    case 'Transformation':
      return printTransformation(node);
    case 'NumberIndex':
    case 'AllIndex':
    case 'NameIndex':
    case 'VariableIndex':
      return printIndex(node);
    default:
      return undefined;
  }
}
