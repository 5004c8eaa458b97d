// The only functions that create emitted text. The constructor of `Code` is not exported from this folder.
export { type Code, isCode } from './code.ts'
export { comment, documentation } from './comment.ts'
export { hashComment } from './hashComment.ts'
export { json } from './json.ts'
export { literal, member } from './literal.ts'
export { code, joined, markdown, prose } from './markdown.ts'
export { count, typeAlias, typeAt, typeText, typeWith } from './text.ts'
