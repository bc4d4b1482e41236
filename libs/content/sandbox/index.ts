/** Where templates are rendered: child processes with a memory limit and a deadline. */
export type {
  CheckedPart,
  ExplainedPart,
  RenderedRow,
  RenderPart,
  RenderWork,
  UnsupportedFeature,
} from './protocol.ts';
export { Sandbox, type RenderOptions, type SandboxOptions } from './sandbox.ts';
