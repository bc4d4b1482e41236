import colors from 'picocolors';
import {
  compileSchema,
  fieldList,
  type DestinationObject,
  type JsonSchema,
  type Mapping,
  type Row,
} from '@millrace/sdk';
import { faultText, mapRows } from './map-rows.ts';
import { recordsText } from '../output/records-text.ts';
import { samplePerson } from './sample-person.ts';
import type { Output } from './output.ts';

/** Shows what an object takes, and a person as they would arrive there. Nothing is sent. */
export async function showObject(output: Output, name: string, object: DestinationObject): Promise<void> {
  const facts = [
    `modes ${object.modes.join(', ')}`,
    `key ${fieldList(object.key).join(', ') || 'none'}`,
    `idempotency ${object.idempotency}`,
  ];
  output.line(`\n${colors.bold(`Object ${name}`)} ${colors.dim(facts.join('; '))}`);
  if (!object.mapping) return output.line(colors.dim('It brings no mapping: the sync has to give one.'));
  for (const [target, rule] of Object.entries(object.mapping)) output.line(`  ${target} ← ${ruleText(rule)}`);
  const [arrival] = await mapRows(object.mapping, [samplePerson]);
  if (!arrival || 'refused' in arrival) {
    return output.line(`${colors.yellow('a sample person is refused')} ${arrival?.refused ?? ''}`);
  }
  output.line(colors.dim('A sample person, as they would arrive'));
  output.line(recordsText([arrival.record]));
  const fault = faultOf(arrival.record, object.schema);
  if (fault) output.line(`${colors.yellow('which does not fit its schema')} ${fault}`);
}

function ruleText(rule: Mapping[string]): string {
  return typeof rule === 'string' ? rule : JSON.stringify(rule);
}

function faultOf(record: Row, schema: JsonSchema | undefined): string | undefined {
  const [fault] = schema ? compileSchema(schema)(record) : [];
  return fault && faultText(fault);
}
