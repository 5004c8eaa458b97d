/** Members of the vocabulary that a later release brings. `*` is any key. */
const later: readonly (readonly string[])[] = [
  ['services', '*', 'balance'],
  ['services', '*', 'retry'],
  ['services', '*', 'breaker'],
  ['services', '*', 'health'],
  ['clients', '*', 'limits'],
  ['clients', '*', 'compose'],
  ['clients', '*', 'versions'],
  ['clients', '*', 'expose', '*', 'response'],
  ['clients', '*', 'expose', '*', 'cache'],
  ['clients', '*', 'expose', '*', 'limits'],
  ['clients', '*', 'expose', '*', 'retry'],
]

/** Whether a property is part of the vocabulary, but not of this release. */
export function isLaterProperty(path: readonly string[]): boolean {
  return later.some(
    (known) => known.length === path.length && known.every((part, index) => part === '*' || part === path[index]),
  )
}

/** Whether a value is one that a later release brings. */
export function isLaterValue(path: readonly string[], value: unknown): boolean {
  return path.length === 3 && path[0] === 'authenticators' && path[2] === 'type' && value === 'oidc-session'
}
