import type { ExceptionFilter } from '@nestjs/common';
import axios, { type AxiosResponse } from 'axios';

export interface FailingApp {
  /** What a request is answered that throws the failure of this name. */
  get(failure: string): Promise<AxiosResponse<string>>;
  close(): Promise<void>;
}

/** An app whose requests all fail, behind a filter for what they throw. */
export async function startFailingApp(failures: Record<string, Error>, filter: ExceptionFilter): Promise<FailingApp> {
  const { Controller, Get, Module, Param } = await import('@nestjs/common'); // most specs need none of it
  const { NestFactory } = await import('@nestjs/core');

  @Controller()
  class FailingController {
    @Get(':failure')
    fail(@Param('failure') failure: string): never {
      throw failures[failure] ?? new Error(`There is no failure "${failure}".`);
    }
  }

  @Module({ controllers: [FailingController] })
  class FailingModule {}

  const app = await NestFactory.create(FailingModule, { logger: false });
  app.useGlobalFilters(filter);
  await app.listen(0, '127.0.0.1');
  const http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false });
  return { get: (failure) => http.get<string>(`/${failure}`), close: () => app.close() };
}
