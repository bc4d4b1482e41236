/** Runs a program in our place: it has our terminal and gets our signals. Resolves with its exit code, as a shell would count it. */
export function runToEnd(program: string, args: string[]): Promise<number>;
