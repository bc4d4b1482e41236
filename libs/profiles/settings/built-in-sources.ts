import { Injectable } from '@nestjs/common';

/** Connections that are part of Millrace and may say something about people: their ids are words. */
@Injectable()
export class BuiltInSources {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
