/** A real Kafka for specs, fetched from Maven Central. */
export { describeWithKafka } from './describe-with-kafka.ts';
export { startKafka, type Kafka, type KafkaAccess } from './start-kafka.ts';
