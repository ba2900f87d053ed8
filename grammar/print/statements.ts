import type { Block, If, Jump, Launch, Node, RouteCall, Statement, Switch, SwitchCase } from '../ast.ts';
import { printValue } from './values.ts';

/** Writes a statement with its `;`, a block or a case; undefined for other nodes. `depth` counts tabs. */
export function printStatement(node: Node, depth: number): string | undefined {
  switch (node.kind) {
    case 'If':
      return printIf(node, depth);
    case 'While':
      return `while (${printValue(node.test, depth)}) ${printBlock(node.body, depth)}`;
    case 'ForEach':
      return `for (${printValue(node.item)} in ${printValue(node.list)}) ${printBlock(node.body, depth)}`;
    case 'Switch':
      return printSwitch(node, depth);
    case 'Block':
      return printBlock(node, depth);
    case 'SwitchCase':
      return printCase(node, depth);
    case 'EmptyStatement':
      return ';';
    case 'BrokenStatement':
      return '/* not read */';
    default: {
      const command = printCommand(node, depth);
      return command === undefined ? undefined : `${command};`;
    }
  }
}

/** Writes what may stand in a condition too, without `;`; undefined for other nodes. */
export function printCommand(node: Node, depth: number): string | undefined {
  switch (node.kind) {
    case 'Call':
      return node.parentheses ? `${node.name.text}(${printList(node.arguments)})` : node.name.text;
    case 'RouteCall':
      return printRouteCall(node);
    case 'Async':
      return `async(${printList([node.call, node.resume, ...(node.timeout ? [node.timeout] : [])])})`;
    case 'Launch':
      return printLaunch(node);
    case 'Assert':
      return `assert(${[printValue(node.test, depth), ...(node.text ? [printValue(node.text)] : [])].join(', ')})`;
    case 'Jump':
      return printJump(node);
    case 'Assignment':
      return `${printValue(node.target)} ${node.operator} ${printValue(node.value, depth)}`;
    default:
      return undefined;
  }
}

function printList(nodes: readonly Node[]): string {
  return nodes.map((node) => printValue(node)).join(', ');
}

function printRouteCall({ name, arguments: list }: RouteCall): string {
  return `route(${printList([name, ...list])})`;
}

function printLaunch({ call, report, parameter }: Launch): string {
  const list: Node[] = [call];
  if (report) list.push(report);
  if (parameter) list.push(parameter);
  return `launch(${printList(list)})`;
}

function printJump({ keyword, parentheses, values }: Jump): string {
  if (parentheses) return `${keyword}(${printList(values)})`;
  return values.length > 0 ? `${keyword} ${printList(values)}` : keyword;
}

/** A chain of `else if` is written in a loop, so that its length does not matter. */
function printIf(node: If, depth: number): string {
  let text = '';
  let at: If | undefined = node;
  while (at !== undefined) {
    text += `if (${printValue(at.test, depth)}) ${printBlock(at.then, depth)}`;
    const otherwise: Block | undefined = at.else;
    if (otherwise === undefined) return text;
    text += at.then.braced ? ' else ' : `\n${'\t'.repeat(depth)}else `;
    const only: Statement | undefined = otherwise.braced ? undefined : otherwise.statements[0];
    if (only?.kind !== 'If') return text + printBlock(otherwise, depth);
    at = only;
  }
  return text;
}

export function printBlock({ braced, statements }: Block, depth: number): string {
  if (!braced) return statements.map((statement) => printStatement(statement, depth)).join(' ');
  if (statements.length === 0) return '{ }';
  return `{\n${printLines(statements, depth + 1)}${'\t'.repeat(depth)}}`;
}

function printLines(statements: readonly Statement[], depth: number): string {
  const indent = '\t'.repeat(depth);
  return statements.map((statement) => `${indent}${printStatement(statement, depth)}\n`).join('');
}

function printSwitch({ subject, cases }: Switch, depth: number): string {
  const indent = '\t'.repeat(depth + 1);
  const list = cases.map((one) => `${indent}${printCase(one, depth + 1)}\n`).join('');
  return `switch (${printValue(subject)}) {\n${list}${'\t'.repeat(depth)}}`;
}

function printCase({ label, statements }: SwitchCase, depth: number): string {
  const head = label ? `case ${printValue(label)}:` : 'default:';
  return statements.length > 0 ? `${head}\n${printLines(statements, depth + 1).trimEnd()}` : head;
}
