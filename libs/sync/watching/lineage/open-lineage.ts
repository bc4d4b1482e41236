/** The parts of OpenLineage 2-0-2 that are told of runs. */
export interface LineageEvent {
  eventType: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
  eventTime: string;
  run: { runId: string; facets: Record<string, Facet> };
  job: { namespace: string; name: string; facets: Record<string, Facet> };
  inputs: LineageDataset[];
  outputs: LineageDataset[];
  producer: string;
  schemaURL: string;
}

export interface LineageDataset {
  namespace: string;
  name: string;
  facets: Record<string, Facet>;
  inputFacets?: Record<string, Facet>;
  outputFacets?: Record<string, Facet>;
}

export interface Facet {
  _producer: string;
  _schemaURL: string;
  [field: string]: unknown;
}

export const producer = 'urn:millrace:server';
export const runEventSchema = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

/** The versions of the facets that are told. */
const facetVersions = {
  NominalTimeRunFacet: '1-0-1',
  ErrorMessageRunFacet: '1-0-1',
  JobTypeJobFacet: '2-0-3',
  SchemaDatasetFacet: '1-1-1',
  InputStatisticsInputDatasetFacet: '1-0-0',
  OutputStatisticsOutputDatasetFacet: '1-0-2',
};

export function facet(name: keyof typeof facetVersions, fields: object): Facet {
  const _schemaURL = `https://openlineage.io/spec/facets/${facetVersions[name]}/${name}.json#/$defs/${name}`;
  return { _producer: producer, _schemaURL, ...fields };
}
