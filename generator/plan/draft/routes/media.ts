import { essenceOf, isJson } from '../../../../templates/runtime/words/mediaTypes.ts'

/** JSON, or a range that JSON is in. */
export function mayBeJson(type: string): boolean {
  const essence = essenceOf(type)
  return isJson(essence) || ['*/*', 'application/*', 'text/*'].includes(essence)
}

/** Bodies that carry files: multipart, and whatever is neither JSON, a form nor text. */
export function carriesFiles(type: string): boolean {
  const essence = essenceOf(type)
  if (essence.startsWith('multipart/')) return true
  return !(
    isJson(essence) ||
    essence === 'application/x-www-form-urlencoded' ||
    essence.startsWith('text/') ||
    /[/+]xml$/.test(essence)
  )
}
