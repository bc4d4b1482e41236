import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { watching, type WatchMessage } from '#platform';
import type { Sight } from '#profiles';
import { PreflightViews } from './preflight-views.ts';
import { Preflights } from './preflights.ts';

const interval = 500;

/** Follows a preflight: a message whenever something changed, the last one when it has ended. */
@Injectable()
export class PreflightProgress {
  constructor(
    private readonly preflights: Preflights,
    private readonly views: PreflightViews,
  ) {}

  follow(id: string, viewer: Sight): Observable<WatchMessage> {
    return watching(async () => {
      const data = await this.views.of(await this.preflights.seenBy(viewer, id), viewer);
      return { data, ended: data.endedAt !== null };
    }, interval);
  }
}
