export { type AccessChanges, accessRows, diffAccess, type Widening } from './access.ts'
