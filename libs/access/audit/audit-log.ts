import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Request } from 'express';
import type { Model } from 'mongoose';
import {
  notACursor,
  decodeCursor,
  encodeCursor,
  Log,
  lowestId,
  newId,
  requestIdOf,
  toProblem,
  type List,
} from '#platform';
import type { KeyHolder } from '../keys/current-key.ts';
import { isRehearsal } from '../is-rehearsal.ts';
import { isReading } from './is-reading.ts';
import { resourceOf } from './resource-of.ts';
import { auditModel, type AuditEntry } from './audit-entry.schema.ts';

const longestPath = 500;

export interface AuditView extends Omit<AuditEntry, '_id' | 'at'> {
  id: string;
  at: string;
}

export interface AuditSearch {
  after?: string;
  limit: number;
  /** Id of the key that asked. */
  key?: string;
  /** `connections`, `keys`, … */
  resource?: string;
  /** ISO times: from, inclusive; up to, exclusive. */
  since?: string;
  until?: string;
}

/** The log of every request that may change something. Kept for 400 days. */
@Injectable()
export class AuditLog {
  constructor(
    @InjectModel(auditModel) private readonly model: Model<AuditEntry>,
    private readonly log: Log,
  ) {}

  /**
   * Notes a request and its end; reading ones are not noted. The request is over by then, so a failure to note it is logged with the
   * entry itself and changes nothing for the caller.
   */
  async record(request: Request, key: KeyHolder, outcome: number | Error): Promise<void> {
    if (isReading(request)) return;
    const failed = outcome instanceof Error ? toProblem(outcome) : undefined;
    const entry: AuditEntry = {
      _id: newId('aud'),
      at: new Date(),
      key,
      method: request.method,
      path: pathOf(request).slice(0, longestPath),
      resource: resourceOf(request.path),
      status: failed?.status ?? (outcome as number),
      ...(failed && { code: failed.code }),
      request: requestIdOf(request),
      address: request.ip,
    };
    try {
      await this.model.collection.insertOne(entry as never);
    } catch (error) {
      this.log.error({ error, entry }, 'an entry of the audit log could not be written');
    }
  }

  /**
   * Notes what was done on somebody's behalf without a request, such as a job's end, or a request that reads but matters, such as a download.
   * `path` names the thing, `deed` what was done to it (EXPORTED, ERASED).
   */
  async note(key: KeyHolder, deed: string, path: string): Promise<void> {
    const what = { method: deed, path, resource: resourceOf(path), status: 200, request: '' };
    const entry: AuditEntry = { _id: newId('aud'), at: new Date(), key, ...what };
    await this.model.collection.insertOne(entry as never);
  }

  /** Newest first. */
  async list(query: AuditSearch): Promise<List<AuditView>> {
    const entries = await this.model
      .find({
        ...(query.key !== undefined && { 'key.id': query.key }),
        ...(query.resource !== undefined && { resource: query.resource }),
        _id: {
          $gte: query.since === undefined ? 'aud_' : firstId(query.since),
          $lt:
            query.after === undefined
              ? query.until === undefined
                ? 'aud`'
                : firstId(query.until)
              : positionOf(query.after),
        },
      })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean<AuditEntry[]>();
    const data = entries.slice(0, query.limit);
    const last = data.at(-1);
    return { data: data.map(viewOf), next: last && entries.length > query.limit ? encodeCursor(last._id) : null };
  }
}

function viewOf({ _id, at, ...entry }: AuditEntry): AuditView {
  return { id: _id, at: at.toISOString(), ...entry };
}

/** Ids sort by time. */
function firstId(time: string): string {
  return lowestId('aud', Date.parse(time));
}

function positionOf(after: string): string {
  const position = decodeCursor(after);
  if (typeof position === 'string') return position;
  throw notACursor();
}

/** Without its query, but for what says that nothing was to be done. */
function pathOf(request: Request): string {
  return isRehearsal(request) ? `${request.path}?rehearse=true` : request.path;
}
