export { apiKeySettings, issuerSettings } from './authenticators.ts'
export { credentialSettings } from './credentials.ts'
export { valuesOf } from './read.ts'
export {
  defaultOf,
  type Name,
  type Resolved,
  type ResolvedAt,
  readSettings,
  resolve,
  type Said,
  type SaidWhole,
  type ValueOf,
  wholeAt,
} from './resolve.ts'
export { table } from './table.ts'
export type * from './types.ts'
export { child, children, envTexts, placed, placedTexts, type Section, section, text, word } from './values.ts'
