/** A real Kafka, and a schema registry, for specs, fetched from Maven Central. */
export { describeWithKafka } from './describe-with-kafka.ts';
export { makeTopic, untilLed } from './make-topic.ts';
export { startKafka, type Kafka, type KafkaAccess } from './start-kafka.ts';
export { startSchemaRegistry, type SchemaRegistry } from './start-schema-registry.ts';
