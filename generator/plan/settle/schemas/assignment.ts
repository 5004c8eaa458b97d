import type { Heirs } from './heirs.ts'

/** A schema that a discriminator may select. */
export interface Candidate {
  /** The reference to it. */
  readonly to: string
  /** The name of the component; `null`: it is not one. */
  readonly name: string | null
  /** The values that it has where no mapping names it: its name, or those of mappings elsewhere. */
  readonly usual: readonly string[]
  /** The values that it allows for the member; `null`: any. */
  readonly allowed: ReadonlySet<string> | null
}

interface Question {
  readonly candidates: readonly Candidate[]
  /** The mapping as written: references by value. */
  readonly written: ReadonlyMap<string, string>
  /** The component that has the discriminator, if it has heirs. */
  readonly own: string | null
  readonly heirs: Heirs
}

export interface Assignment {
  readonly mapping: ReadonlyMap<string, string>
  /** Schemas that list values, or have the name of another one, and no value that tells them from the others. */
  readonly missing: readonly string[]
}

/**
 * Completes a mapping. A schema that it leaves out has its usual values, if it allows them. Other listed values belong to
 * the only schema that lists them, of those without a value first. Where an heir and what it extends list the same
 * value, it belongs to the heir. A value that several heirs list selects none of them, only what they extend.
 */
export function assigned({ candidates, written, own, heirs }: Question): Assignment {
  const mapping = new Map(written)
  const mapped = new Set(written.values())
  const base = own === null ? undefined : candidates.find(({ name }) => name === own)
  const isAbstract = base !== undefined && written.size > 0 && !mapped.has(base.to)

  for (const candidate of candidates) {
    const { to, usual, allowed } = candidate
    if (mapped.has(to) || (isAbstract && candidate === base)) continue
    for (const value of usual) if (!mapping.has(value) && allowed?.has(value) !== false) mapping.set(value, to)
  }

  const named = new Set(mapping.values())
  const listing = (value: string, isNamed: boolean): readonly Candidate[] => {
    const all = candidates.filter(({ to, allowed }) => named.has(to) === isNamed && allowed?.has(value) === true)
    return all.filter(({ name }) => {
      const extended = name === null ? [] : heirs(name)
      return !all.some((other) => other.name !== null && extended.includes(other.name))
    })
  }
  const values = new Set(candidates.flatMap(({ allowed }) => [...(allowed ?? [])]))
  for (const value of values) {
    if (mapping.has(value)) continue
    const open = listing(value, false)
    const claiming = open.length > 0 ? open : listing(value, true)
    const [only] = claiming
    if (claiming.length === 1 && only !== undefined) mapping.set(value, only.to)
    else if (base !== undefined) mapping.set(value, base.to)
  }

  const selected = new Set(mapping.values())
  const missing = candidates.filter(
    ({ to, usual, allowed }) =>
      to !== base?.to && (allowed !== null || usual.some((value) => !written.has(value))) && !selected.has(to),
  )
  return { mapping, missing: missing.map(({ to }) => to) }
}
