/** Whether anyone may call, and callers may authenticate. The answers then depend on the caller, whether or not there is one. */
export function isSignInOptional(access: { readonly kind: string; readonly optional?: true }): boolean {
  return access.kind === 'public' && access.optional === true
}
