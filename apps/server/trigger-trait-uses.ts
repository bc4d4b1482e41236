import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TraitUsers } from '#quality';
import { TriggerUses } from '#triggers';

/** Tells the data map which traits triggers use. */
@Injectable()
export class TriggerTraitUses implements OnModuleInit {
  constructor(
    private readonly users: TraitUsers,
    private readonly triggers: TriggerUses,
  ) {}

  onModuleInit(): void {
    const { users, triggers } = this;
    users.register(async function* () {
      for (const { slug: id, name, traits } of await triggers.ofTraits())
        if (traits.length > 0) yield { kind: 'trigger', id, name, traits };
    });
  }
}
