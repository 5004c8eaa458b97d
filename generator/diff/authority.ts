/** Words of `sends` in access.json for credentials of the caller (`plan/settle/services/credentials.ts`). */
const ofCaller = ["the caller's own token", 'a token exchanged for ', 'a signed token about the caller for ']
/** What is added if the route may be called without a caller. */
const ifCaller = / \(if there is a caller\)$/

/**
 * Compares in whose name a service is called: that of the caller, which it can judge, or that of the gateway, which may do more than a
 * caller. Returns a sentence if the gateway's own authority is new or is all that is left; another credential of the caller is no widening.
 */
export function authorityChange(before: readonly string[], after: readonly string[]): readonly string[] {
  const [old, now] = [before, after].map((sends) => sends.map((words) => words.replace(ifCaller, '')))
  if (old === undefined || now === undefined) return []
  const gained = now.filter((words) => !isOfCaller(words) && !old.includes(words))
  if (gained.length > 0) return [`the service is called with the gateway's own authority now (${gained.join(', ')})`]
  if (!old.some(isOfCaller) || now.some(isOfCaller)) return []
  return [
    now.length > 0
      ? "the service is called with the gateway's own authority now"
      : 'the service is called without a credential of the caller now',
  ]
}

function isOfCaller(words: string): boolean {
  return ofCaller.some((start) => words.startsWith(start))
}
