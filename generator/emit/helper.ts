import { parentPort, workerData } from 'node:worker_threads'
import { attempt, type Task, type Texts } from './ahead.ts'

// The other thread of `printAhead`.

const tasks = workerData as readonly string[]
const texts: Texts = tasks.map((text) => attempt(JSON.parse(text) as Task))
parentPort?.postMessage(texts)
