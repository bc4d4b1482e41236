import type { BlockUse, Place, TemplateFaultCode } from '../guard/index.ts';
import type { RenderFrame } from '../helpers/index.ts';
import type { BlockSources, PreparedPart, WrittenPart } from '../prepare/index.ts';
import type { TranslatedField, Untranslated, Vendor } from '../translate/index.ts';
import type { Outline, RenderOutcome, TemplateUses, TracedCondition, TracedToken } from '../tokens/index.ts';

/** A piece of a mail, or a template of a mapping, as it is rendered. */
export interface RenderPart {
  /** Names the part in errors: `subject`, `source`. */
  name: string;
  source: string;
  /** Values are escaped for HTML. */
  html: boolean;
  /** Its style sheets become attributes after rendering. */
  inlineCss?: boolean;
}

/** Parts that are rendered for each row. */
export interface RenderWork {
  parts: RenderPart[];
  /** What survives JSON arrives; the rest does not. */
  rows: object[];
  /** Of all rows. */
  frame: RenderFrame;
  /** Of each row, over `frame`. */
  frames?: Partial<RenderFrame>[];
  /** What every row has that does not have its own. */
  common?: { feeds?: object };
  /** Of each row, beside `common.feeds`. */
  feeds?: object[];
  /** Tell the tokens and conditions; for one row. */
  explain?: boolean;
  /** Tell only what differs between people, instead of the outputs. */
  outcomes?: boolean;
  /** Also give this part, an HTML one, as plain text. */
  plainTextOf?: number;
}

/** Parts that are rendered for each row, of which only what is counted is told. */
export interface CountWork extends Omit<RenderWork, 'explain' | 'outcomes' | 'plainTextOf'> {
  /** Of parts whose style sheets become attributes for each person, one row in so many is measured: that takes ten times a render. */
  inlineEvery: number;
}

/** The same with rows as JSON texts: they wait for their turn at far less cost than objects. */
export interface CountTexts extends Omit<CountWork, 'rows'> {
  rows: string[];
}

/** What is odd in a mail whatever its template says. */
export type OutputSign = 'blank_greeting' | 'empty_subject' | 'literal_braces' | 'object_as_text' | 'unsafe_link';

/** What is counted of one row. */
export interface CountedRow {
  /** Bytes of the part `source`, as the mail has it; absent where it was not measured. */
  bytes?: number;
  /** Position in the list of outcomes that were met; absent of a row that failed. */
  outcomes?: number;
  signs?: OutputSign[];
  notes?: RenderNote[];
  fault?: SandboxFault;
}

export interface CountedRows {
  rows: CountedRow[];
  /** Each different one, as `<part> <line>:<column> <what>`. */
  outcomes: string[][];
}

/** Something that a helper met while it rendered. */
export interface RenderNote {
  kind: 'skip' | 'missing_string' | 'missing_entry';
  /** The cause of the skip, or the key. */
  text: string;
  part: string;
  place?: Place;
}

export interface RenderedRow {
  /** In the order of the parts; none of a row that failed. */
  outputs: string[];
  plainText?: string;
  /** By part, when asked for. */
  explained?: PartTrace[];
  outcomes?: RenderOutcome[][];
  notes?: RenderNote[];
  fault?: SandboxFault;
}

/** What happened while a part was rendered. */
export interface PartTrace {
  /** The output with marks around what the tokens and conditions made (tokens/markers.ts). */
  marked: string;
  tokens: TracedToken[];
  conditions: TracedCondition[];
}

export interface PartToCheck extends WrittenPart {
  /** What a caller of the block gives it. */
  params?: string[];
  /** It was saved once, by what was refused then. */
  stored?: boolean;
}

export interface CheckedPart extends TemplateUses {
  /** Tokens as they are written. */
  paths: string[];
  /** Those from the top of the context, dotted: `city`, `profile.traits.city`. */
  rootPaths: string[];
  blocks: BlockUse[];
  outline: Outline;
}

export interface UnsupportedFeature {
  /** As caniemail.com names it: `border-radius`, `<video> element`. */
  feature: string;
  /** Those that lack it: `outlook.windows`. */
  clients: string[];
}

/** Prepared parts, and what they are to become. */
export interface TranslateWork {
  parts: Pick<RenderPart, 'name' | 'source' | 'html'>[];
  vendor: Vendor;
  /** What somebody named: paths of templates to the vendor's fields. */
  fields: Record<string, string>;
}

export interface TranslatedParts {
  parts: { name: string; text: string; untranslated: Untranslated[] }[];
  fields: TranslatedField[];
  lost: string[];
}

export type SandboxTask =
  | { kind: 'render'; work: RenderWork[] }
  /** Each row is told when it is done; one that fails has its fault. */
  | { kind: 'rows'; work: RenderWork }
  | { kind: 'count'; work: CountWork }
  | { kind: 'check'; parts: PartToCheck[] }
  | { kind: 'prepare'; parts: WrittenPart[]; blocks: BlockSources }
  | { kind: 'support'; html: string; clients: string[] }
  | { kind: 'translate'; work: TranslateWork };

/** As the parent has it. */
export type SentTask = Exclude<SandboxTask, { kind: 'count' }> | { kind: 'count'; work: CountTexts };

export type SandboxResult =
  | { kind: 'render'; rows: RenderedRow[][] }
  | { kind: 'rows' }
  | { kind: 'count'; counted: CountedRows }
  | { kind: 'check'; parts: CheckedPart[] }
  | { kind: 'prepare'; parts: PreparedPart[] }
  | { kind: 'support'; unsupported: UnsupportedFeature[] }
  | { kind: 'translate'; translation: TranslatedParts };

export interface SandboxFault {
  code: TemplateFaultCode;
  message: string;
  part?: string;
  place?: Place;
}

/** What is told of a row as soon as it is there: its mail is put together while its plain text is made. */
export type RowPiece = { row: RenderedRow } | { plainText: string };

/** From the child: it is up; a piece of a row; that compiling a template begins or has ended; or the answer. */
export type SandboxReply =
  | { ready: true }
  | { id: number; piece: RowPiece }
  | { id: number; compiling: boolean }
  | { id: number; result: SandboxResult }
  | { id: number; fault: SandboxFault };
