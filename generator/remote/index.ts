export type { DownloadLimits } from './limits.ts'
export { idOfNote, type Note, noteName, readNote } from './note.ts'
export { commit, type Prepared, type PrepareOptions, prepare } from './prepare.ts'
export type { Source } from './source.ts'
