import { describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { mongoOptions, refuseStandalone } from './connect-mongo.ts';

function answering(hello: object): Connection {
  return { getClient: () => ({ db: () => ({ command: async () => hello }) }) } as unknown as Connection;
}

describe('refuseStandalone', () => {
  it('accepts replica sets and routers', async () => {
    await refuseStandalone(answering({ setName: 'rs0' }));
    await refuseStandalone(answering({ msg: 'isdbgrid' }));
  });

  it('refuses a server that stands alone, and tells how to make a replica set of it', async () => {
    await expect(refuseStandalone(answering({ isWritablePrimary: true }))).rejects.toThrow(/rs\.initiate\(\)/);
  });
});

describe('mongoOptions', () => {
  it('leaves pools and times to the URI, but not the durability of writes', () => {
    const options = mongoOptions('mongodb://a,b/x?maxPoolSize=5&w=1');
    expect(options).toMatchObject({ minPoolSize: 2, autoIndex: false, writeConcern: { w: 'majority', journal: true } });
    expect(options).not.toHaveProperty('maxPoolSize');
  });
});
