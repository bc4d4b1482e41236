/** What the API tells of a template and does not take back; a test holds it against the API's description. */
export const toldFields = [
  'id',
  'revision',
  'published',
  'tokens',
  'limitsEdition',
  'blocks',
  'warnings',
  'findings',
  'createdAt',
  'updatedAt',
];
