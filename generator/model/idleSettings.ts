import { issuerSettings, type Section } from '../settings/index.ts'
import { below, type Diagnostics, keyOf } from '../support/index.ts'

/** Reports settings of an issuer that stand beside `issuers`, where they would count for none of these. */
export function reportIdleSettings(id: string, { value, origin }: Section, diagnostics: Diagnostics): void {
  if (value['type'] !== 'jwt' || !Array.isArray(value['issuers'])) return
  for (const name of Object.keys(issuerSettings).filter((setting) => Object.hasOwn(value, setting))) {
    diagnostics.report({
      code: 'GW2122',
      message: `\`${name}\` of the authenticator \`${id}\` stands beside \`issuers\` and counts for none of them.`,
      origin: keyOf(below(origin, name)),
      remedy: `Write \`${name}\` in each of the \`issuers\` that it is for.`,
    })
  }
}
