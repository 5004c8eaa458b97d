import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'

/** Whether a media type is JSON, or a range that includes JSON. */
export function mayBeJson(type: string): boolean {
  const essence = essenceOf(type)
  return isJson(essence) || ['*/*', 'application/*', 'text/*'].includes(essence)
}
