/** What a report of the fuzz must say. */

import type { FuzzReport } from './messages.ts';

/** Heap that may stay behind whatever the number of messages: caches and compiled code. */
const heapTolerance = 2 * 1024 * 1024;

/** What is wrong, in words; empty where all is right. */
export function problemsOf(report: FuzzReport): string[] {
  const problems: string[] = [];
  const must = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  must(report.escaped.length === 0, `thrown past everybody: ${String(report.escaped[0])}`);
  must(report.failures.length === 0, `failed inside: ${report.failures[0]}`);
  must(
    report.badAnswers.length === 0,
    `an answer that is no SIP message: ${JSON.stringify(report.badAnswers[0])}`,
  );
  must(report.reachedScript * 3 >= report.mutated, 'less than a third of the mutations reached the script');
  must(report.answers > 0, 'nothing was answered');
  must(report.heapAfter - report.heapBefore < heapTolerance, 'the heap has grown');
  must(report.waitingRuns === 0, `${report.waitingRuns} runs still wait`);
  must(report.connections === 0, `${report.connections} connections are still in the table`);
  return problems;
}
