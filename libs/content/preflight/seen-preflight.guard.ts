import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { holderOf } from '#access';
import { sightOf } from '#profiles';
import { Preflights } from './preflights.ts';

/** In front of a stream of events, which has begun by the time its route runs: one that is unknown, or not for the asker, is a problem instead. */
@Injectable()
export class SeenPreflight implements CanActivate {
  constructor(private readonly preflights: Preflights) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request<{ id: string }>>();
    const holder = holderOf(request);
    if (!holder) return false;
    await this.preflights.seenBy(sightOf(holder), request.params.id);
    return true;
  }
}
