/** Commands of `millrace` that a page names, such as `sync put`: the words behind it, of which further ones may be arguments. */
export function namedCommands(markdown: string): string[] {
  const named = markdown.matchAll(/(?:^|`|npm run )millrace (?:-- )?([a-z][a-z-]*(?: [a-z][a-z-]*)*)/gm);
  return [...new Set([...named].map(([, words = '']) => words))];
}

/** Those that there are, each with its own subcommands. */
interface CommandTree {
  name(): string;
  commands: readonly CommandTree[];
}

/** Whether the words lead to a command: up to one that has none below it, or whose words are at an end. */
export function isCommand(named: string, { commands }: CommandTree): boolean {
  const [first, ...rest] = named.split(' ');
  const command = commands.find((one) => one.name() === first);
  if (!command) return false;
  return rest.length === 0 || command.commands.length === 0 || isCommand(rest.join(' '), command);
}
