import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, map, mergeMap, of, type Observable } from 'rxjs';
import { isObject, MillraceError } from '@millrace/sdk';
import { isRehearsal } from '../is-rehearsal.ts';
import { ManagedResources } from './managed-resources.ts';

export const managedByHeader = 'millrace-managed-by';
const ownerPattern = /^[A-Za-z0-9._-]{1,40}$/;

/** Notes in whose name a PUT has made something, before its answer goes out; forgets what was removed, and what is made in nobody's. */
@Injectable()
export class ManagedInterceptor implements NestInterceptor {
  constructor(private readonly managed: ManagedResources) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const { method, path, headers } = request;
    const response = context.switchToHttp().getResponse<Response>();
    const owner = headers[managedByHeader];
    const by = method === 'PUT' && owner !== undefined ? ownerIn(owner) : undefined;
    const isRemoval = method === 'DELETE' && !isRehearsal(request);
    if (method !== 'PUT' && !isRemoval) return next.handle();
    const note = (answer: unknown): Promise<void> => {
      if (by === undefined) return this.managed.forget(path);
      const id = isObject(answer) && typeof answer.id === 'string' ? answer.id : undefined;
      return this.managed.note(path, by, id);
    };
    return next
      .handle()
      .pipe(
        mergeMap((answer: unknown) =>
          isRemoval || response.statusCode === 201 ? from(note(answer)).pipe(map(() => answer)) : of(answer),
        ),
      );
  }
}

function ownerIn(owner: string | string[]): string {
  if (typeof owner === 'string' && ownerPattern.test(owner)) return owner;
  throw new MillraceError(
    'bad_request',
    'Millrace-Managed-By must be letters, digits and . _ -, at most 40. Correct it, or leave it out.',
  );
}
