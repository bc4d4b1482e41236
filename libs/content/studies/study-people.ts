import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Profiles } from '#profiles';
import { nameOf } from '../preview/index.ts';

/** What people are called whom a result names by id. */
@Injectable()
export class StudyPeople {
  constructor(private readonly profiles: Profiles) {}

  /** Names in the order of the ids; null for who is not there any more. */
  names(ids: readonly string[]): Promise<(string | null)[]> {
    return Promise.all(ids.map((id) => this.#name(id)));
  }

  async #name(id: string): Promise<string | null> {
    try {
      return nameOf({ profile: await this.profiles.get(id) });
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'profile_not_found') return null;
      throw error;
    }
  }
}
