import type { EnvTextModel, JwtIssuerModel } from '../../model/types.ts'

/** What `audience` says for tokens that have no `aud`. */
export const noAudience = 'none'

/** Whether an issuer's tokens have no audience, so that they are bound to this gateway by their client alone. */
export function hasNoAudience({ audience }: JwtIssuerModel): boolean {
  return audience.length > 0 && audience.every(isNoAudience)
}

export function isNoAudience({ text }: EnvTextModel): boolean {
  return text === noAudience
}
