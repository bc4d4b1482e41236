import type { Tombstones } from '#tombstones';
import type { InboxStore, ReadItem } from '../inbox/index.ts';
import { messageIdentities, type Message } from '../messages/index.ts';

/** An item of the inbox, and the message that it is. */
export interface ReadMessage {
  item: ReadItem;
  message: Message;
}

/** Messages about people who were erased come all the same. Whoever is told of them refuses them; here, too, nothing of them is kept. */
export class ErasedMessages {
  constructor(
    private readonly tombstones: Tombstones,
    private readonly store: InboxStore,
  ) {}

  /** Takes them out of the inbox. Gives which they are. */
  async remove<T extends ReadMessage>(read: readonly T[]): Promise<Set<T>> {
    const erased = await this.tombstones.rowsAbout(read, ({ item, message }) => [
      ...messageIdentities(message).flatMap((identity) => this.tombstones.hashesOf(identity)),
      ...this.tombstones.hashesIn(item.json),
    ]);
    const ids = [...erased].map(({ item }) => item._id);
    if (ids.length > 0) await this.store.items.deleteMany({ _id: { $in: ids } });
    return erased;
  }
}
