import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** One use of an `Idempotency-Key`: the request's fingerprint, and the answer once there is one. */
@Schema({ collection: 'idempotency_keys', versionKey: false })
export class IdempotencyKey {
  /** Hash of caller, route and key. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) body!: string;
  /** While the first request runs; a crashed one gives the key free when this is over. */
  @Prop({ type: Date, required: true }) lockedUntil!: Date;
  @Prop({ type: Boolean, required: true }) done!: boolean;
  @Prop({ type: Number }) status?: number;
  /** Sealed by the vault: an answer may hold a new API key. */
  @Prop({ type: String }) answer?: string;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
}

export const idempotencyKeySchema = SchemaFactory.createForClass(IdempotencyKey);
idempotencyKeySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
