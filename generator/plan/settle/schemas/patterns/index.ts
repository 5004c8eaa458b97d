export { createPatterns, type Judged, type Patterns } from './patterns.ts'
