import { writeFileSync } from 'node:fs'

// Loaded before a program that is measured (`--import`): what the process has used goes into a file when it ends.

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeFileSync(
    process.env.BENCH_USAGE,
    JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }),
  )
})
