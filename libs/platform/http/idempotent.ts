import {
  Injectable,
  UseInterceptors,
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { MillraceError, type Json } from '@millrace/sdk';
import type { Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { FailureLog } from '../errors/index.ts';
import { contentHash } from '../ids/index.ts';
import { Regularly } from '../lifecycle/index.ts';
import { Log } from '../log/index.ts';
import { AnswerKeeper } from './answer-keeper.ts';
import { IdempotencyStore, lockMs } from './idempotency-store.ts';

/**
 * Makes a repeated request harmless: with the same `Idempotency-Key`, caller, route and body, the first answer comes again
 * (marked `Idempotency-Replayed: true`) for 24 hours. Failed requests are not remembered.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly failures: FailureLog;

  constructor(
    private readonly store: IdempotencyStore,
    private readonly keeper: AnswerKeeper,
    log: Log,
  ) {
    this.failures = new FailureLog(log, 'the lock of an Idempotency-Key could not be renewed or given free');
  }

  intercept(context: ExecutionContext, next: CallHandler<Json>): Observable<Json | undefined> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const key = request.header('idempotency-key');
    if (key === undefined) return next.handle();
    return from(this.once(key, request, http.getResponse<Response>(), next));
  }

  private async once(
    key: string,
    request: Request,
    response: Response,
    next: CallHandler<Json>,
  ): Promise<Json | undefined> {
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new MillraceError(
        'bad_request',
        'Idempotency-Key must have 1 to 255 visible ASCII characters, such as a UUID.',
      );
    }
    const id = contentHash([request.header('authorization') ?? '', request.method, request.path, key]);
    const known = await this.store.claim(id, contentHash(request.body));
    if (known) {
      response.setHeader('idempotency-replayed', 'true');
      response.status(known.status);
      return known.body;
    }
    const body = await this.done(id, next);
    await this.keeper.keep(id, { status: response.statusCode, body: body === undefined ? null : plain(body) });
    return body;
  }

  /** What the route answers. The key stays locked for as long as that takes, and is free again where it fails. */
  private async done(id: string, next: CallHandler<Json>): Promise<Json | undefined> {
    const renewing = new Regularly(lockMs / 3, () => this.store.renew(id), this.failures.tell);
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.store.release(id).catch(this.failures.tell);
      throw error;
    } finally {
      await renewing.end();
    }
  }
}

/** For POSTs that create something. */
export function Idempotent(): MethodDecorator & ClassDecorator {
  const header = {
    name: 'Idempotency-Key',
    required: false,
    description: 'Any text of your own: a repeat with it gives the first answer.',
  };
  return applyDecorators(UseInterceptors(IdempotencyInterceptor), ApiHeader(header));
}

function plain(body: unknown): Json {
  return JSON.parse(JSON.stringify(body)) as Json;
}
