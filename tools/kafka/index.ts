/** A real Kafka for specs, fetched from Maven Central. */
export { startKafka, type Kafka, type KafkaAccess } from './start-kafka.ts';
