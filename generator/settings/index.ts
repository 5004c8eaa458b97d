export { accessOf } from './access.ts'
export { apiKeySettings, issuerSettings } from './authenticators.ts'
export { decidedMembers, isOwn, ownMembers } from './members.ts'
export { valuesOf } from './read.ts'
export {
  defaultOf,
  type Resolved,
  type ResolvedAt,
  readSettings,
  resolve,
  type Said,
  type SaidWhole,
  wholeAt,
} from './resolve.ts'
export type * from './types.ts'
export { child, children, envTexts, placed, placedTexts, type Section, section, text, word } from './values.ts'
