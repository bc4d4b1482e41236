import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { catchError, from, map, mergeMap, throwError, type Observable } from 'rxjs';
import { holderOf } from '../keys/current-key.ts';
import { AuditLog } from './audit-log.ts';
import { readsOnly } from './reads-only.ts';

/**
 * Notes every request with a key that may change something in the audit log, before its answer goes out. Public routes have no key: they are too many
 * to note.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly audit: AuditLog,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    if (this.reflector.get<boolean | undefined>(readsOnly, context.getHandler())) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const holder = holderOf(request);
    if (!holder) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      mergeMap((answer: unknown) =>
        from(this.audit.record(request, holder, response.statusCode)).pipe(map(() => answer)),
      ),
      catchError((thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        return from(this.audit.record(request, holder, error)).pipe(mergeMap(() => throwError(() => thrown)));
      }),
    );
  }
}
