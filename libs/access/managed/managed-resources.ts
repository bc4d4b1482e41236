import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { listOf, textAfter, type List } from '#platform';
import { managedModel, type ManagedResource } from './managed.schema.ts';

export interface ManagedView {
  path: string;
  /** Exactly as it was put; entries of former versions lack it, and have their path in lower case. */
  name?: string;
  /** What it is now named by, too, whatever becomes of its name. */
  id?: string;
  owner: string;
  at: string;
}

/** Which resources were made in the name of whom. */
@Injectable()
export class ManagedResources {
  constructor(@InjectModel(managedModel) private readonly model: Model<ManagedResource>) {}

  /** @param id of what was made, where it has one */
  async note(path: string, owner: string, id?: string): Promise<void> {
    await this.forget(path); // what was there by that name is gone
    const { list, name } = partsOf(path);
    const names = [...new Set([name, ...(id === undefined ? [] : [id])])];
    await this.model.updateOne(
      { _id: `${list}/${name}` },
      { $set: { list, name, names, ...(id !== undefined && { id }), owner, at: new Date() } },
      { upsert: true },
    );
  }

  /** Once it is removed: what is made by the same name later is another. Who forgets too much takes nothing away. */
  async forget(path: string): Promise<void> {
    const { list, name } = partsOf(path);
    const former = { names: name.toLowerCase(), name: { $exists: false } };
    await this.model.deleteMany({ list, $or: [{ names: name }, former] });
  }

  async list(
    owner: string | undefined,
    { after, limit }: { after?: string; limit: number },
  ): Promise<List<ManagedView>> {
    const position = textAfter(after);
    const filter = { ...(owner !== undefined && { owner }), ...(position !== undefined && { _id: { $gt: position } }) };
    const found = await this.model
      .find(filter)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<ManagedResource[]>();
    return listOf(
      found,
      limit,
      ({ _id: path, name, id, owner: by, at }) => ({ path, name, id, owner: by, at: at.toISOString() }),
      ({ _id }) => _id,
    );
  }
}

/** Lists whose names are the same however their letters are written. */
const ignoringCase = new Set(['/api/strings']);

/** Express takes the words of a path in any letters, and with a slash at its end. */
function partsOf(path: string): { list: string; name: string } {
  const whole = path.endsWith('/') ? path.slice(0, -1) : path;
  const end = whole.lastIndexOf('/');
  const list = whole.slice(0, end).toLowerCase();
  const name = decodeURIComponent(whole.slice(end + 1));
  return { list, name: ignoringCase.has(list) ? name.toLowerCase() : name };
}
