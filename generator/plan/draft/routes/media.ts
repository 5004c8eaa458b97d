import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'

/** JSON, or a range that JSON is in. */
export function mayBeJson(type: string): boolean {
  const essence = essenceOf(type)
  return isJson(essence) || ['*/*', 'application/*', 'text/*'].includes(essence)
}
