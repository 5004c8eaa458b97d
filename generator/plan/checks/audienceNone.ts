import type { JwtIssuerModel } from '../../model/types.ts'
import { hasNoAudience, isNoAudience, noAudience } from '../draft/audience.ts'
import { literalOf } from '../draft/envTexts.ts'
import type { Check, Finding } from './check.ts'

/** `audience: none` without the ids of the clients that then take the place of the audience, or where it would not be read as such. */
export const audienceNone: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.authenticators
      .flatMap((authenticator) => (authenticator.kind === 'jwt' ? authenticator.issuers : []))
      .flatMap(findingsOf),
}

function findingsOf(issuer: JwtIssuerModel): readonly Finding[] {
  const whose = `\`${issuer.issuer.text}\``
  if (hasNoAudience(issuer)) {
    if (issuer.clientIds.length > 0) return []
    return [
      {
        message: `Tokens of ${whose} have no audience and may be of any client: a token that was made for another service would be accepted.`,
        origin: issuer.audience[0]?.origin ?? issuer.origin,
        remedy: "Name the clients whose tokens are accepted:\n    audience: none\n    clientIds: ['${CLIENT_ID}']",
      },
    ]
  }
  const besides = issuer.audience.filter(isNoAudience).map((text) => ({
    message: `The audience \`none\` of ${whose} stands beside others: a token has an audience or it has none.`,
    origin: text.origin,
    remedy:
      'Remove `none`. Where an issuer makes tokens of both kinds, give each kind an authenticator and a client type of its own.',
  }))
  const fromVariables = issuer.audience
    .filter((text) => !isNoAudience(text) && literalOf(text) === noAudience)
    .map((text) => ({
      message: `\`${text.text}\` of ${whose} is \`none\` if the variable is not set, which is then compared with \`aud\` as it stands.`,
      origin: text.origin,
      remedy: 'Write `audience: none` without a variable, with `clientIds`, or remove the default.',
    }))
  const misspelt = issuer.audience
    .filter((text) => !isNoAudience(text) && text.text.trim().toLowerCase() === noAudience)
    .map((text) => ({
      message: `The audience \`${text.text}\` of ${whose} is compared with \`aud\` as it stands: only \`none\` says that tokens have no audience.`,
      origin: text.origin,
      remedy: 'Write `audience: none`, with `clientIds`.',
    }))
  return [...besides, ...fromVariables, ...misspelt]
}
