export { type ClientOutcome, type MemoryOptions, type Outcome, remembering } from './remembering.ts'
