import { type SegmentShape, segmentShape, segmentsOverlap } from './matchOrder.ts'

/** Paths of the gateway's own endpoints. */
export const ownPaths = {
  live: '/health/live',
  ready: '/health/ready',
  jwks: '/.well-known/jwks.json',
} as const

export type OwnPath = (typeof ownPaths)[keyof typeof ownPaths]

/**
 * The first segments of these paths. `reservedPathOf` refuses every route whose first segment is one of them and which has further
 * segments, also where there is no endpoint.
 */
export const ownFolders: ReadonlySet<string> = new Set(
  Object.values(ownPaths).map((path) => path.slice(1, path.indexOf('/', 1))),
)

const own = Object.values(ownPaths).map((path) => ({
  path,
  segments: path
    .slice(1)
    .split('/')
    .map((text) => segmentShape([text])),
}))

/**
 * What a route with this template would take from the gateway, whatever its method: one of the own paths, else all paths of an own
 * folder (`/health/*`). `null`: the template is not reserved.
 */
export function reservedPathOf(template: readonly SegmentShape[]): string | null {
  for (const { path, segments } of own) {
    if (segments.length === template.length && segments.every((segment, i) => overlaps(segment, template[i])))
      return path
  }
  const [folder = '', ...parameters] = template[0]?.literals ?? []
  return template.length > 1 && parameters.length === 0 && ownFolders.has(folder) ? `/${folder}/*` : null
}

function overlaps(segment: SegmentShape, other: SegmentShape | undefined): boolean {
  return other !== undefined && segmentsOverlap(segment, other)
}
