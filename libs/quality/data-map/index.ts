/** Every trait: what feeds it, what uses it, how filled and how fresh it is. */
export { DataMap } from './data-map.ts';
export { DataMapController } from './data-map.controller.ts';
export { DataMapScanner } from './data-map-scanner.ts';
export { mappedTraitModel, mappedTraitSchema, type MappedTrait } from './mapped-trait.schema.ts';
export { dataMapScanModel, dataMapScanSchema, type DataMapScan } from './scan.schema.ts';
