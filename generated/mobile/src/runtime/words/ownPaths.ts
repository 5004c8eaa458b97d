import { type SegmentShape, segmentShape, segmentsOverlap } from './matchOrder.ts'

/** Paths of the gateway's own endpoints, which stand behind the setting `ownPath`. */
export const ownPaths = {
  live: '/health/live',
  ready: '/health/ready',
  jwks: '/.well-known/jwks.json',
} as const

export type OwnPaths = Readonly<Record<keyof typeof ownPaths, string>>

/** The own paths of a gateway with this `ownPath`; `null`: it has none. */
export function ownPathsBelow(prefix: string | null): OwnPaths {
  const { live, ready, jwks } = ownPaths
  const before = prefix ?? ''
  return { live: before + live, ready: before + ready, jwks: before + jwks }
}

/**
 * The own paths that a template matches. They are never those of a route, whatever its method: a template without parameters is
 * then no path of a route, and one with parameters loses these paths.
 */
export function ownPathsIn(template: readonly SegmentShape[], paths: OwnPaths): readonly string[] {
  return Object.values(paths).filter((path) => {
    const segments = path.slice(1).split('/')
    return (
      segments.length === template.length &&
      template.every((shape, i) => segmentsOverlap(segmentShape([segments[i] ?? '']), shape))
    )
  })
}

/** The own path that a template is, in the sense that no other request matches it; `null`: none. */
export function ownPathAt(template: readonly SegmentShape[], paths: OwnPaths): string | null {
  const [path] = template.some(({ literals }) => literals.length > 1) ? [] : ownPathsIn(template, paths)
  return path ?? null
}
