/** Where the code of a plugin starts. */
export interface PluginLocation {
  /** Absolute path of the file with the default export. */
  file: string;
  /** What was asked for: a folder or a package's name. */
  origin: string;
  /** The id that the plugin must have, where its folder's name says it. */
  expectedId?: string;
}
