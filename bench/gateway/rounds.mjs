import { setTimeout } from 'node:timers/promises'
import { firstAnswer, freePort } from '../support/ports.mjs'
import { cpuTime } from '../support/processes.mjs'
import { median, round, spread } from '../support/statistics.mjs'
import { load } from './load.mjs'
import { target } from './specification.mjs'

/** Starts and warms all contenders, then loads one after the other in each round, so that a slow moment of the machine affects all. */
export async function measure(contenders, headers, { rounds, duration, connections }, say) {
  const running = []
  try {
    for (const contender of contenders) running.push(await begin(contender, headers))
    for (const { name, url, losses } of running) {
      say(`warming ${name}`)
      await warm(url, headers, connections, losses)
    }
    for (let number = 1; number <= rounds; number++) {
      for (const one of running) {
        say(`round ${number} of ${rounds}: ${one.name}`)
        const before = cpuTime(one.process.pid)
        const { requests, seconds } = await load(one.url, headers, connections, duration, one.losses)
        // Writing the last log lines belongs to the load.
        await setTimeout(300)
        one.cpu.push((cpuTime(one.process.pid) - before) / requests)
        one.rate.push(requests / seconds)
      }
    }
  } finally {
    await Promise.all(running.map(({ process }) => process.stop()))
  }
  return running.map(({ name, cpu, rate }) => ({
    name,
    cpuMicroseconds: round(median(cpu), 1),
    spread: round(spread(cpu), 3),
    requestsPerSecond: Math.round(median(rate)),
    rounds: cpu.map((value) => round(value, 1)),
  }))
}

/** The first answer that is not a 503; the gateway gives those until it has fetched the issuer's keys. */
async function readyAnswer(url, headers) {
  let answer = await firstAnswer(url, headers)
  for (let turn = 0; turn < 50 && answer.status === 503; turn++) {
    await setTimeout(100)
    answer = await firstAnswer(url, headers)
  }
  return answer
}

/** Loads it until the code has been optimised. */
async function warm(url, headers, connections, losses) {
  let done = 0
  for (let turn = 0; turn < 5 && done < 30_000; turn++)
    done += (await load(url, headers, connections, 3, losses)).requests
}

async function begin({ name, serves, losses, start }, headers) {
  const port = await freePort()
  const process = start(port)
  const url = `http://127.0.0.1:${port}${target(serves)}`
  const { status, text } = await readyAnswer(url, headers)
  if (status !== 200 || !text.includes('ord_7f3k9q2m')) {
    await process.stop()
    throw new Error(`${name} answers ${status}: ${text}`)
  }
  return { name, process, url, losses, cpu: [], rate: [] }
}
