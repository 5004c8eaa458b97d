export { type Comparison, compare, type Difference } from './compare.ts'
export { existing } from './disk.ts'
export { type Source, seal } from './lock.ts'
export { type WriteOptions, type Written, write } from './write.ts'
