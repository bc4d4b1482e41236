import {
  applyDecorators,
  HttpStatus,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiNoContentResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';

/** For PUTs that answer a rehearsal with nothing: 204 says that it would be taken. */
export function Rehearsable(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(NothingIsNoContent),
    ApiNoContentResponse({ description: 'A rehearsal: it would be taken.' }),
  );
}

class NothingIsNoContent implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap((answer) => {
        if (answer === undefined) response.status(HttpStatus.NO_CONTENT);
      }),
    );
  }
}
