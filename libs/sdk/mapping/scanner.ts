import { RuleFault } from './faults.ts';

/** Reads a rule's text from left to right. */
export class Scanner {
  position = 0;

  constructor(readonly text: string) {}

  get next(): string {
    return this.text.charAt(this.position);
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  skipSpace(): void {
    while (!this.done && isSpace(this.next)) this.position++;
  }

  /** Steps over the text if it comes next. */
  take(text: string): boolean {
    if (!this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  expect(text: string, where: string): void {
    if (!this.take(text)) this.fail(`expected "${text}" ${where}, found ${this.found()}.`);
  }

  /** Steps over characters as long as the test holds, and gives them. */
  takeWhile(test: (character: string) => boolean): string {
    const start = this.position;
    while (!this.done && test(this.next)) this.position++;
    return this.text.slice(start, this.position);
  }

  found(): string {
    return this.done ? 'the end' : `"${this.next}"`;
  }

  fail(message: string, position = this.position): never {
    throw new RuleFault(message, position);
  }
}

export function isSpace(character: string): boolean {
  return character.trim() === '';
}
