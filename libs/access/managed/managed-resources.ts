import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { listOf, textAfter, type List } from '#platform';
import { managedModel, type ManagedResource } from './managed.schema.ts';

export interface ManagedView {
  path: string;
  owner: string;
  at: string;
}

/** Which resources were made in the name of whom. */
@Injectable()
export class ManagedResources {
  constructor(@InjectModel(managedModel) private readonly model: Model<ManagedResource>) {}

  /** @param id how else it is named */
  async note(path: string, owner: string, id?: string): Promise<void> {
    const { list, name } = partsOf(path);
    const names = [...new Set([name, ...(id === undefined ? [] : [id.toLowerCase()])])];
    await this.model.updateOne(
      { _id: `${list}/${name}` },
      { $set: { list, names, owner, at: new Date() } },
      { upsert: true },
    );
  }

  /** Once it is removed: what is made by the same name later is another. */
  async forget(path: string): Promise<void> {
    const { list, name } = partsOf(path);
    await this.model.deleteMany({ list, names: name });
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
      ({ _id: path, owner: by, at }) => ({ path, owner: by, at: at.toISOString() }),
      ({ _id }) => _id,
    );
  }
}

/** Letters' case says nothing here: locales may be written either way, and who forgets too much takes nothing away. */
function partsOf(path: string): { list: string; name: string } {
  const end = path.lastIndexOf('/');
  return { list: path.slice(0, end), name: decodeURIComponent(path.slice(end + 1)).toLowerCase() };
}
