import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, mongo } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import { Connections } from '#connections';
import { plainCollection } from '#platform';
import type { Circuit } from './circuit.schema.ts';

/** Failures in a row, of any slices, after which nobody asks for a while. */
const tolerated = 3;
const firstRest = 5_000;
const longestRest = 300_000;
/** Milliseconds that the one who tries again has, before another may. */
const trial = 60_000;

const signsOfTrouble: ErrorCode[] = ['unreachable', 'timeout', 'remote_error'];

export interface OpenCircuit {
  /** Id of the connection. */
  connection: string;
  until: Date;
  message: string;
}

/**
 * Connections whose other side is in trouble rest, over all workers; then one slice tries, and its success lets the others go on. One that was
 * changed since is tried at once.
 */
@Injectable()
export class Circuits {
  private readonly collection: mongo.Collection<Circuit>;

  constructor(
    @InjectModel('Circuit') model: Model<Circuit>,
    private readonly connections: Connections,
  ) {
    this.collection = plainCollection<Circuit>(model);
  }

  /** The one that keeps work on these connections from going on; who gets nothing may try. */
  async blocking(connections: string[]): Promise<OpenCircuit | undefined> {
    const now = new Date();
    const circuits = await this.collection.find({ _id: { $in: connections } }).toArray();
    for (const { _id, revision, failures, until, message } of circuits) {
      if (failures < tolerated || revision !== (await this.revisionOf(_id))) continue;
      if (until > now) return { connection: _id, until, message };
      const next = new Date(now.getTime() + trial);
      const { modifiedCount } = await this.collection.updateOne({ _id, until }, { $set: { until: next } });
      if (modifiedCount === 0) return { connection: _id, until: next, message };
    }
    return undefined;
  }

  /** Errors that say nothing about the other side's health are not counted. */
  async failed(connection: string, { code, message }: { code: ErrorCode; message: string }): Promise<void> {
    if (!signsOfTrouble.includes(code)) return;
    const revision = await this.revisionOf(connection);
    if (revision === undefined) return; // it was removed
    const counted = { $cond: [{ $eq: ['$revision', revision] }, { $add: ['$failures', 1] }, 1] };
    const circuit = await this.collection.findOneAndUpdate(
      { _id: connection },
      [
        {
          $set: {
            revision,
            failures: counted,
            message: { $literal: message },
            until: { $ifNull: ['$until', '$$NOW'] },
          },
        },
      ],
      { upsert: true, returnDocument: 'after' },
    );
    if (!circuit || circuit.failures < tolerated) return;
    const rest = Math.min(firstRest * 2 ** (circuit.failures - tolerated), longestRest);
    const until = new Date(Date.now() + rest * (0.75 + Math.random() / 4));
    await this.collection.updateOne({ _id: connection, revision, failures: circuit.failures }, { $set: { until } });
  }

  async worked(connections: string[]): Promise<void> {
    await this.collection.deleteMany({ _id: { $in: connections } });
  }

  private async revisionOf(connection: string): Promise<number | undefined> {
    return (await this.connections.find(connection))?.revision;
  }
}
