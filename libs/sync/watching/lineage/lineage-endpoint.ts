import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Network, Settings, urlBelow } from '#platform';
import type { LineageEvent } from './open-lineage.ts';

/** Milliseconds that one attempt may take; a shutdown waits for the one that is under way. */
const patience = 5_000;

/** Where lineage is told to. */
@Injectable()
export class LineageEndpoint {
  readonly namespace: string;
  // As with the mail server: what the installation itself names may well be inside.
  private readonly network = new Network({ allowPrivateAddresses: true });

  constructor(private readonly settings: Settings) {
    this.namespace = settings.openLineageNamespace;
  }

  get configured(): boolean {
    return this.settings.openLineageUrl !== undefined;
  }

  /** Posts once. Throws a MillraceError unless the event was taken. */
  async post(event: LineageEvent): Promise<void> {
    const { openLineageUrl = '', openLineageApiKey: key } = this.settings;
    const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const http = this.network.http({ headers, timeout: patience, retries: 0 });
    const url = urlBelow(openLineageUrl, 'api/v1/lineage');
    const { data } = await http.post<Readable>(url, event, { maxRedirects: 0, responseType: 'stream' });
    data.destroy(); // it has taken the event, whatever more it says
  }
}
