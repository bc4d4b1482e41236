import type { SentTask } from './protocol.ts';

/** What was under way when a process was ended. */
interface Stopped {
  task: SentTask;
  deadlineMs: number;
  compiling: boolean;
}

/** `{{#each …}}` and `{{#list}}`, and a feed's; a condition is no loop. */
const loop = /(\{\{|\[\[)~?#(?!if\b|unless\b|with\b|\$)/;

/** Why a task was ended at its deadline, and what to do about it. */
export function timeoutMessage({ task, deadlineMs, compiling }: Stopped): string {
  const sources = sourcesOf(task);
  if (compiling) {
    return `The template could not be made ready in time: it has ${amount(sources)}. Take out what it does not need, or split the mail.`;
  }
  const stopped = `The template was stopped after ${deadlineMs / 1000} s`;
  if (sources.some((source) => loop.test(source)))
    return `${stopped}. Remove loops inside loops, or limit them: {{#each (limit orders 10)}}.`;
  return isLarge(sources)
    ? `${stopped}: it has ${amount(sources)}, and no loop. Take out what it does not need, or split the mail.`
    : `${stopped}, though it is small and has no loop: the server is busy. Try again in a moment.`;
}

/** Why a task ended the process that did it. */
export function memoryMessage({ task }: Stopped): string {
  const sources = sourcesOf(task);
  const advice = sources.some((source) => loop.test(source))
    ? 'Limit its loops, such as {{#each (limit orders 10)}}.'
    : `It has ${amount(sources)}, and no loop: take out what it does not need, or split the mail.`;
  return `The template needs too much memory: the process that rendered it ended. ${advice}`;
}

function sourcesOf(task: SentTask): string[] {
  switch (task.kind) {
    case 'check':
      return task.parts.map(({ source }) => source);
    case 'prepare':
      return [...task.parts, ...Object.values(task.blocks)].map(({ source }) => source);
    case 'render':
      return task.work.flatMap(({ parts }) => parts.map(({ source }) => source));
    case 'support':
      return [task.html];
    default:
      return task.work.parts.map(({ source }) => source);
  }
}

function isLarge(sources: string[]): boolean {
  const { tags, bytes } = countsOf(sources);
  return tags > 300 || bytes > 100_000;
}

function countsOf(sources: string[]): { tags: number; bytes: number } {
  return {
    tags: sources.reduce((sum, source) => sum + source.split('{{').length - 1, 0),
    bytes: sources.reduce((sum, source) => sum + Buffer.byteLength(source), 0),
  };
}

/** "3,004 tags in 96 KB" */
function amount(sources: string[]): string {
  const { tags, bytes } = countsOf(sources);
  return `${tags.toLocaleString('en')} ${tags === 1 ? 'tag' : 'tags'} in ${Math.ceil(bytes / 1024)} KB`;
}
