import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type ConnectorContext, MillraceError } from '@millrace/sdk';
import type { FileConfig } from '../config.ts';

/** Where bytes come from: a local file or an http(s) address. */
export interface ByteSource {
  /** Short name for positions (`customers.csv`). */
  name: string;
  /** Whether `open` can start anywhere. */
  seekable: boolean;
  open(start: number): Promise<Readable>;
  /** Differs once the content may have changed; known after the first `open`. */
  version(): Promise<string>;
}

export function isUrl(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

export function byteSource(ctx: ConnectorContext<FileConfig>, path: string): ByteSource {
  return isUrl(path) ? remoteFile(ctx, path) : localFile(ctx, path);
}

function localFile({ files, signal }: ConnectorContext<FileConfig>, path: string): ByteSource {
  return {
    name: basename(path),
    seekable: true,
    open: (start) => files.open(path, { start, signal }),
    async version() {
      const { bytes, modifiedAt } = await files.size(path);
      return `${bytes}@${modifiedAt.toISOString()}`;
    },
  };
}

function remoteFile({ http, signal }: ConnectorContext<FileConfig>, address: string): ByteSource {
  const url = new URL(address);
  let version: string | undefined;
  return {
    name: basename(url.pathname) || url.hostname,
    seekable: false,
    async open() {
      const { data, headers } = await http.get<Readable>(url.href, { responseType: 'stream', signal });
      version = ['etag', 'last-modified', 'content-length'].map((name) => String(headers[name] ?? '')).join('|');
      return data;
    },
    async version() {
      if (version === undefined) throw new MillraceError('internal', `${url.host} was not asked yet. Open it first.`);
      return version;
    },
  };
}
