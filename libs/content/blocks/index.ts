/** Reusable blocks and layouts of mails. */
export type { BlockStage, BlockContent, BlockParam, BlockVariant, BlockVersion } from './block.ts';
export {
  blockModel,
  blockSchema,
  blockVersionModel,
  blockVersionSchema,
  type StoredBlock,
  type StoredBlockVersion,
} from './block.schema.ts';
export { BlockOutlines } from './block-outlines.ts';
export { BlockStore } from './block-store.ts';
export type { BlockVersionView, BlockView } from './block-view.ts';
export { PutBlockDto } from './block.dto.ts';
export { blockContentOf, Blocks, type NewBlock } from './blocks.ts';
export { BlocksController } from './blocks.controller.ts';
export { UsedBlocks, type BlockSource } from './used-blocks.ts';
