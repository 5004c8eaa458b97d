/** `$principal.realm.accounts`, `$request.header['X-Tenant']`: a root and the names below it. */
export interface Reference {
  readonly root: string
  readonly names: readonly string[]
}

const bare = '[A-Za-z0-9_:-]+'
const step = String.raw`\.${bare}|\['[^']*'\]|\["[^"]*"\]`

/** A reference at `lastIndex`. Names with other characters are quoted in brackets. */
export const referencePattern = new RegExp(String.raw`\$[A-Za-z_]\w*(?:${step})*`, 'y')

const steps = new RegExp(step, 'g')
const first = new RegExp(`^${bare}`)

/** Splits a text that `referencePattern` matched. */
export function readReference(text: string): Reference {
  const root = /^\$(\w+)/.exec(text)?.[1] ?? ''
  return { root, names: namesOf(text.slice(root.length + 1)) }
}

/** Reads `$principal.a.b`; `null` when it is anything else. */
export function readPrincipalClaim(text: string): readonly string[] | null {
  const trimmed = text.trim()
  referencePattern.lastIndex = 0
  if (referencePattern.exec(trimmed)?.[0] !== trimmed) return null
  const { root, names } = readReference(trimmed)
  return root === 'principal' && names.length > 0 && names.every((name) => name !== '') ? names : null
}

/** Reads the path of a claim as authenticators write it: `realm_access.roles`, `['https://shop.example/roles']`. */
export function readClaimPath(text: string): readonly string[] {
  const head = first.exec(text)?.[0]
  return head === undefined ? namesOf(text) : [head, ...namesOf(text.slice(head.length))]
}

/** A claim in the notation of the manifest, for messages. */
export function claimText(claim: readonly string[]): string {
  return claim
    .map((name, i) => (first.exec(name)?.[0] === name ? `${i === 0 ? '' : '.'}${name}` : `['${name}']`))
    .join('')
}

function namesOf(text: string): string[] {
  return [...text.matchAll(steps)].map(([part]) => (part.startsWith('.') ? part.slice(1) : part.slice(2, -2)))
}
