import { Schema } from 'mongoose';
import type { ErrorCode } from '@millrace/sdk';
import type { AlertEvent, AlertNotice } from './notice.ts';

/** A message about an alert on its way to a channel. It is kept before it is sent, and its id stays: receivers recognise a repeat. */
export interface AlertMessage {
  /** `<alert>.<number>.<event>.<channel>` */
  _id: string;
  alert: string;
  channel: string;
  number: number;
  event: AlertEvent;
  notice: AlertNotice;
  state: 'pending' | 'sent' | 'failed';
  attempts: number;
  /** Recipients that have not got it yet, where some have. */
  left?: string[];
  /** When it is tried (again); a worker that takes it moves this on, so that another one takes over should it die. */
  notBefore: Date;
  code?: ErrorCode;
  /** What the other side said. */
  said?: string;
  createdAt: Date;
  sentAt?: Date;
}

const keptDays = 90;

export const messageModel = 'AlertMessage';

export const messageSchema = new Schema<AlertMessage>(
  {
    _id: String,
    alert: { type: String, required: true },
    channel: { type: String, required: true },
    number: { type: Number, required: true },
    event: { type: String, required: true },
    notice: Schema.Types.Mixed,
    state: { type: String, required: true },
    attempts: { type: Number, required: true },
    left: { type: [String], default: undefined },
    notBefore: { type: Date, required: true },
    code: String,
    said: String,
    createdAt: { type: Date, required: true },
    sentAt: Date,
  },
  { collection: 'alert_messages', versionKey: false, minimize: false },
);

messageSchema.index(
  { channel: 1, notBefore: 1 },
  { partialFilterExpression: { state: 'pending' }, name: 'due_messages' },
);
messageSchema.index({ notBefore: 1 }, { partialFilterExpression: { state: 'pending' }, name: 'due_channels' });
messageSchema.index({ alert: 1, channel: 1, number: 1 });
messageSchema.index({ createdAt: 1 }, { expireAfterSeconds: keptDays * 86_400 });
