/** Whoever else keeps values of traits at rest. */
export interface TraitKeeper {
  /** Seals what is sensitive by now, opens what is no more, a page behind `position`. Gives where the page ended; undefined: that was all. */
  follow(position?: string): Promise<string | undefined>;

  /** Another text once it finds sensitive values elsewhere than before: then all is followed again. */
  goesBy(): Promise<string>;
}

/** Nest token of the `TraitKeeper`. The server binds it. */
export const TRAIT_KEEPER = Symbol('TRAIT_KEEPER');
