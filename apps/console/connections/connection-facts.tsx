import type { Connection, Connector } from '../api/index.ts';
import { Facts, type Fact } from '../rooms/index.ts';
import { timeAgo } from '../ui/index.ts';
import { capabilitiesText } from './words.ts';

interface Props {
  connection: Connection;
  /** Undefined while it is not known. */
  connector: Connector | undefined;
}

export function ConnectionFacts({ connection, connector }: Props) {
  const { slug, labels, checkedAt, signedIn } = connection;
  const facts: Fact[] = [['Connector', `${connector?.title ?? connection.connector} ${connection.connectorVersion}`]];
  if (connector) facts.push(['Is a', capabilitiesText(connector)]);
  if (slug !== undefined) facts.push(['Slug', slug]);
  if (labels.length > 0) facts.push(['Labels', labels.join(', ')]);
  if (checkedAt !== undefined) facts.push(['Checked', timeAgo(checkedAt)]);
  if (signedIn) facts.push(['Signed in', `${timeAgo(signedIn.at)}, by the link of ${signedIn.by}`]);
  return <Facts facts={facts} />;
}
