import { writeFileSync } from 'node:fs'

// Loaded before a measured program (`--import`): writes the resource usage of the process to a file when it exits.

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeFileSync(
    process.env.BENCH_USAGE,
    JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }),
  )
})
