/** Kinds of credentials that are made from the caller's own: a call without a caller cannot have them. */
const ofCaller: ReadonlySet<string> = new Set(['principal', 'exchange', 'identity'])

/** Whether a credential of this kind needs a caller. */
export function needsCaller(kind: string | undefined): boolean {
  return kind !== undefined && ofCaller.has(kind)
}
