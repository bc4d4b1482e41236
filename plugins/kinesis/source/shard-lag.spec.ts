import { describe, expect, it } from '@jest/globals';
import { ShardLag } from './shard-lag.ts';

describe('how far a shard is behind', () => {
  it('is what waits on its way, else what the last read told; it grows while the shard cannot be read', () => {
    const lag = new ShardLag();
    expect(lag.of(0)).toBeUndefined();
    lag.wasRead(0, 10_000);
    expect([lag.of(11_000), lag.of(70_000)]).toEqual([{ seconds: 0 }, { seconds: 60 }]);
    lag.wasRead(5_000, 80_000);
    expect(lag.of(81_000)).toEqual({ seconds: 6 });
    lag.handedOver({ records: [], times: { records: [new Date(70_000).toISOString()] } });
    expect(lag.of(81_000)).toEqual({ seconds: 11 });
    lag.arrived();
    expect(lag.of(81_000)).toEqual({ seconds: 6 });
  });
});
