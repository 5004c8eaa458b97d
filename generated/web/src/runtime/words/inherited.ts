/**
 * The members of a route that `routes.ts` may omit: by the part of the route that has them, with the setting of the manifest that
 * decides each. The generator omits a member that no entry of `expose` sets, and the start of a gateway adds the value of the service
 * or client.
 */
export const inherited = {
  /** The route itself, from its service. */
  route: {
    timeout: 'timeout',
    undeclaredBody: 'undeclaredBody',
    streamIdle: 'stream.idle',
    streamLifetime: 'stream.lifetime',
    streamsPerCaller: 'stream.perPrincipal',
    uploadIdle: 'upload.idle',
  },
  /** `answers`, from `answers` of its service. */
  answers: { check: 'answers', undeclared: 'undeclared' },
  /** `request`, from its client. */
  request: { undeclaredQuery: 'undeclaredQuery' },
} as const
