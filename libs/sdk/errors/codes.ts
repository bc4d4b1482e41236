/**
 * Every error code of Millrace, in one place. Codes are stable: clients and alerts rely on them.
 * `status` is the HTTP status that the code has outside; `retryable` says whether the same attempt may succeed later.
 */
export const errorCodes = {
  // Requests
  bad_request: { status: 400, title: 'The request is not valid' },
  conflict: { status: 409, title: 'The request contradicts the present state' },
  forbidden: { status: 403, title: 'The key lacks the role' },
  internal: { status: 500, title: 'Something failed inside Millrace' },
  invalid_json: { status: 400, title: 'The body is not JSON' },
  not_found: { status: 404, title: 'There is no such thing' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  unauthenticated: { status: 401, title: 'A valid key is missing' },

  // Set-up
  data_in_use: { status: 500, title: 'Another process uses the data folder' },
  invalid_settings: { status: 500, title: 'The settings are not valid' },
  newer_data: { status: 500, title: 'The database belongs to a newer version' },
  service_unavailable: { status: 503, title: 'A service that Millrace needs cannot be reached', retryable: true },
  unsafe_deployment: { status: 500, title: 'This way of running would not be safe' },

  // Connectors and connections
  in_use: { status: 409, title: 'Something still uses it' },
  connection_in_use: { status: 409, title: 'The connection is still used by a sync' },
  connector_disabled: { status: 409, title: 'The connector is disabled' },
  connector_not_found: { status: 404, title: 'There is no such connector' },
  duplicate_connector: { status: 500, title: 'Two plugins have the same id' },
  incompatible_connector: { status: 500, title: 'The plugin does not fit this version of Millrace' },
  invalid_config: { status: 400, title: 'The configuration is not valid' },
  invalid_connector: { status: 500, title: 'The plugin is not a valid connector' },
  secrets_required: { status: 400, title: 'The secrets have to be entered again' },
  secret_conflict: { status: 409, title: 'The secrets were changed by somebody else meanwhile', retryable: true },

  // Talking to the outside
  address_not_allowed: { status: 403, title: 'The address is not allowed' },
  authentication_failed: { status: 422, title: 'The credentials were refused' },
  invalid_signature: { status: 401, title: 'The signature is missing, wrong or too old' },
  file_changed: { status: 409, title: 'The file changed while it was being read' },
  file_not_allowed: { status: 403, title: 'The file is outside the allowed folders' },
  file_not_found: { status: 404, title: 'There is no such file' },
  invalid_response: { status: 502, title: 'The answer could not be understood' },
  permission_denied: { status: 422, title: 'The credentials lack a permission' },
  remote_error: { status: 502, title: 'The other side reported an error', retryable: true },
  remote_rejected: { status: 422, title: 'The other side refused the request' },
  response_too_large: { status: 502, title: 'The answer is too large' },
  timeout: { status: 504, title: 'The other side took too long', retryable: true },
  unreachable: { status: 502, title: 'The other side cannot be reached', retryable: true },

  // Rows
  invalid_encoding: { status: 422, title: 'The bytes are not of the expected encoding' },
  invalid_row: { status: 422, title: 'The row does not fit its schema' },
  malformed_row: { status: 422, title: 'The row cannot be parsed' },
  mapping_failed: { status: 422, title: 'A value could not be mapped' },
  row_too_large: { status: 422, title: 'The row is too large' },

  // Syncs and runs
  invalid_condition: { status: 400, title: 'The condition is not valid' },
  invalid_mapping: { status: 400, title: 'The mapping is not valid' },
  invalid_schedule: { status: 400, title: 'The schedule is not valid' },
  ledger_unbalanced: { status: 500, title: 'The rows of the run do not add up' },
  place_gone: { status: 409, title: 'The source no longer has what comes next' },
  lane_lost: { status: 409, title: 'The lane was given to another subscriber', retryable: true },
  lease_lost: { status: 409, title: 'Another worker has taken over' },
  object_not_found: { status: 404, title: 'The destination has no such object' },
  connection_moved: { status: 409, title: 'A connection leads to another place since the run began' },
  run_active: { status: 409, title: 'A run of this sync is still active' },
  run_cancelled: { status: 409, title: 'The run was cancelled' },
  run_not_held: { status: 409, title: 'The run does not wait for approval' },
  stream_not_found: { status: 404, title: 'The source has no such stream' },

  // People
  history_expired: { status: 410, title: 'The history of that time is not kept any more' },
  identity_blocked: { status: 422, title: 'The identity policy blocks the values that would identify the person' },
  identity_limit_reached: { status: 422, title: 'The profile has as many identities of a kind as the policy allows' },
  identity_missing: { status: 422, title: 'The row names nobody' },
  invalid_identity: { status: 422, title: 'The identity is not valid' },
  invalid_trait: { status: 422, title: 'The trait is not valid' },
  person_erased: { status: 422, title: 'The person was erased and must not come back' },
  merge_limit_reached: { status: 422, title: 'The row would join more people than the policy allows' },
  merge_not_found: { status: 404, title: 'There is no such merge' },
  people_kept_apart: { status: 422, title: 'The row names only somebody who was split from its person' },
  profile_not_found: { status: 404, title: 'There is no such person' },
  profile_too_large: { status: 422, title: 'The profile has reached its limit' },

  // Content
  templates_affected: { status: 409, title: 'Templates use what it feeds' },
  link_expired: { status: 410, title: 'The link has expired' },
  link_revoked: { status: 410, title: 'The link was taken back' },
  recipient_not_allowed: { status: 403, title: 'Test mails may not go to this address' },
  preflight_exceeded: { status: 409, title: 'The preflight exceeds a limit of the template' },
  preflight_required: { status: 409, title: 'No preflight has passed lately' },
  template_broken: { status: 422, title: 'The template would break the mail' },
  template_failed: { status: 422, title: 'The template could not be rendered' },
  template_invalid: { status: 422, title: 'The template does not parse' },
  template_not_found: { status: 404, title: 'There is no such template' },
  template_timeout: { status: 422, title: 'The template takes too long' },
  template_too_large: { status: 413, title: 'The template is too large' },
  would_not_be_sent: { status: 422, title: 'This person would not be sent the mail' },
} as const satisfies Record<string, { status: number; title: string; retryable?: boolean }>;

export type ErrorCode = keyof typeof errorCodes;
