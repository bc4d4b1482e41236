import { Injectable } from '@nestjs/common';

/** Something that reads traits: a template, an audience, a computed trait. */
export interface TraitUse {
  /** `template`, … */
  kind: string;
  id: string;
  name: string;
  traits: string[];
}

/** Tells all uses of one kind, in pages or one by one. */
export type TraitUser = () => AsyncIterable<TraitUse>;

/** Who uses traits. Each kind of user registers once, at start. */
@Injectable()
export class TraitUsers {
  private readonly users: TraitUser[] = [];

  register(user: TraitUser): void {
    this.users.push(user);
  }

  async *all(): AsyncIterable<TraitUse> {
    for (const user of this.users) yield* user();
  }
}
