/** Nest token of the SDK's TemplateRenderer: where templates in mappings are rendered. The server binds it. */
export const MAPPING_RENDERER = Symbol('MAPPING_RENDERER');
