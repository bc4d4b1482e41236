import { Module, type OnModuleInit } from '@nestjs/common';
import { InjectModel, MongooseModule } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Signer } from '../crypto/index.ts';
import { plainCollection } from '../mongo/index.ts';
import { checkMasterKey } from './check-master-key.ts';
import { keyMarkModel, keyMarkSchema, type KeyMark } from './key-mark.schema.ts';

/** A server with another master key than the database's does not start. */
@Module({ imports: [MongooseModule.forFeature([{ name: keyMarkModel, schema: keyMarkSchema }])] })
export class MasterKeyModule implements OnModuleInit {
  constructor(
    @InjectModel(keyMarkModel) private readonly marks: Model<KeyMark>,
    private readonly signer: Signer,
  ) {}

  async onModuleInit(): Promise<void> {
    await checkMasterKey(plainCollection<KeyMark>(this.marks), this.signer);
  }
}
