/** A Kinesis for specs: kinesalite behind a gate that can refuse, throttle and break off. */
export { startKinesis, type Kinesis } from './start-kinesis.ts';
export type { Fault, KinesisRequest } from './gate.ts';
