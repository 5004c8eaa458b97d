export type { DownloadLimits } from './limits.ts'
export { idOfNote, isOtherJson, type Note, needsEnv, noteName, readNote } from './note.ts'
export { commit, type Prepared, type PrepareOptions, prepare } from './prepare.ts'
export type { Source } from './source.ts'
