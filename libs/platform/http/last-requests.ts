import type { Server } from 'node:http';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** Milliseconds that requests under way have to be answered when the process is closed. */
const patience = 5_000;

/** Cuts off what is not answered in time when the process is closed: who watches a run, or sends slowly, would hold it up for as long as he likes. */
@Injectable()
export class LastRequests implements BeforeApplicationShutdown, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (server) this.timer = setTimeout(() => server.closeAllConnections(), patience);
  }

  /** Nest has waited for the others. */
  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }
}
