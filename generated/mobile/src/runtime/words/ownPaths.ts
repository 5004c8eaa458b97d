/** Paths at which a gateway answers for itself, by endpoint. */
export const ownPaths = {
  live: '/health/live',
  ready: '/health/ready',
  jwks: '/.well-known/jwks.json',
} as const

export type OwnPath = (typeof ownPaths)[keyof typeof ownPaths]

/** The first segments of these paths. Every path below one is reserved for the gateway, also where it has no endpoint yet. */
export const ownFolders: ReadonlySet<string> = new Set(
  Object.values(ownPaths).map((path) => path.slice(1, path.indexOf('/', 1))),
)
