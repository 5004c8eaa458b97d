import type { Resolved } from './resolve.ts'

/** Members of generated data, each with the name of the setting that decides it (`templates/runtime/words/inherited.ts`). */
type Members = Readonly<Record<string, string>>
type Deciding<M extends Members> = { readonly [S in M[keyof M]]: Resolved<unknown> }
type Values<M extends Members, S extends Deciding<M>> = { readonly [K in keyof M]: S[M[K]]['value'] }

/** The members with the values of their settings, in the order of the members. */
export function decidedMembers<M extends Members, S extends Deciding<M>>(members: M, settings: S): Values<M, S> {
  return valuesOf(members, settings, () => true) as Values<M, S>
}

/** Those members that an entry of `expose` decides. The others are inherited from a service or client. */
export function ownMembers<M extends Members, S extends Deciding<M>>(members: M, settings: S): Partial<Values<M, S>> {
  return valuesOf(members, settings, isOwn)
}

/** Whether an entry of `expose` sets it. Inherited values are in `services.ts` and `client.ts`. */
export function isOwn({ level }: Resolved<unknown>): boolean {
  return level === 'selector'
}

function valuesOf<M extends Members, S extends Deciding<M>>(
  members: M,
  settings: S,
  counts: (setting: Resolved<unknown>) => boolean,
): Partial<Values<M, S>> {
  const all = Object.entries(members).map(([member, name]) => [member, settings[name as M[keyof M]]] as const)
  return Object.fromEntries(
    all.filter(([, setting]) => counts(setting)).map(([member, { value }]) => [member, value]),
  ) as Partial<Values<M, S>>
}
