/** Paths of the gateway's own endpoints. */
export const ownPaths = {
  live: '/health/live',
  ready: '/health/ready',
  jwks: '/.well-known/jwks.json',
} as const

export type OwnPath = (typeof ownPaths)[keyof typeof ownPaths]

/** The first segments of these paths. All paths below them are reserved for the gateway, also those without an endpoint. */
export const ownFolders: ReadonlySet<string> = new Set(
  Object.values(ownPaths).map((path) => path.slice(1, path.indexOf('/', 1))),
)
