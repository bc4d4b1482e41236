const most = 20;

/** What differs between two texts, by lines: from the first line that differs to the last, `- ` old and `+ ` new. */
export function linesChanged(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shortest = Math.min(old.length, now.length);
  let head = 0;
  while (head < shortest && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return [
    `@ line ${head + 1}`,
    ...few(old.slice(head, old.length - tail)).map((line) => `- ${line}`),
    ...few(now.slice(head, now.length - tail)).map((line) => `+ ${line}`),
  ];
}

function few(lines: string[]): string[] {
  return lines.length <= most ? lines : [...lines.slice(0, most), `… ${lines.length - most} lines more`];
}
