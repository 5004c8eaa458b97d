export { type AccessChanges, accessRows, diffAccess, type Widening } from './access-diff.ts'
