import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Controller, Get, Module, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { expect, it } from '@jest/globals';
import { concat, NEVER, of, type Observable } from 'rxjs';
import { LastRequests } from './last-requests.ts';

@Controller()
class Watched {
  @Get('quick')
  quick(): string {
    return 'answered';
  }

  @Sse('endless')
  endless(): Observable<{ data: string }> {
    return concat(of({ data: 'first' }), NEVER);
  }
}

@Module({ controllers: [Watched], providers: [LastRequests] })
class Root {}

it('an application closes although somebody watches what does not end', async () => {
  const app = await NestFactory.create<NestExpressApplication>(Root, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const [watching] = (await once(get(`${await app.getUrl()}/endless`), 'response')) as [IncomingMessage];
  const cut = once(watching, 'error') as Promise<[Error]>;
  await once(watching, 'data');
  expect(await (await fetch(`${await app.getUrl()}/quick`)).text()).toBe('answered');
  await app.close();
  expect((await cut)[0].message).toBe('aborted');
});
