import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Runs } from './runs.ts';

/** In front of a stream of events, which has begun by the time its route runs: an unknown run is a 404 instead. */
@Injectable()
export class KnownRun implements CanActivate {
  constructor(private readonly runs: Runs) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.runs.get(context.switchToHttp().getRequest<Request<{ id: string }>>().params.id);
    return true;
  }
}
