import { setTimeout } from 'node:timers/promises'
import { ask, freePort } from '../support/ports.mjs'
import { cpuTime, residentMemory } from '../support/processes.mjs'

/**
 * One entry of a scenario: a contender that runs, and the load that it gets. What goes wrong is kept in `failure`, and ends it; the others go
 * on. `rounds` has the figures of each round by its number; those that it did not take part in are missing.
 */
export class Contestant {
  rounds = []
  failure = null
  /** Answers that failed, in all rounds. */
  failures = 0
  #contender
  #load
  #tokens
  #process = null
  #url = ''
  #sent = 0
  #send

  constructor({ name, load, contender, tokens, send }) {
    this.name = name
    this.#contender = contender
    this.#load = load
    this.#tokens = tokens
    this.#send = send
  }

  /** Starts the contender, looks at its first answer, and loads it until its code is optimised and each token has been used twice. */
  prepare(seconds) {
    return this.#guard(async () => {
      const port = await freePort()
      const { path, method, fields, body, contains } = this.#load.request
      this.#process = await this.#contender.start(port)
      this.#url = `http://127.0.0.1:${port}${path(this.#contender.routes)}`
      const headers = { ...fields, authorization: `Bearer ${this.#tokens[0]}` }
      const ended = this.#process.ended.then((code) => {
        throw new Error(`it ended with ${code}`)
      })
      const { status, text } = await Promise.race([readyAnswer(method, this.#url, headers, body), ended])
      if (status >= 300 || !text.includes(contains)) throw new Error(`it answers ${status}: ${text}`)
      const known = 2 * this.#tokens.length
      for (let turn = 0; this.#sent < known || (turn < 8 && this.#sent < 20_000); turn++) {
        if (turn === 100)
          throw new Error(`its load sent ${this.#sent} requests in ${turn} runs; the tokens need ${known}`)
        await this.#run(seconds)
      }
    })
  }

  /** One round of so many seconds. It is repeated, at most twice, if a tenth of the answers are failures. */
  measure(number, seconds) {
    return this.#guard(async () => {
      for (let attempt = 1; attempt <= 3; attempt++) {
        const before = cpuTime(this.#process.pid)
        const result = await this.#run(seconds)
        const memory = residentMemory(this.#process.pid)
        // Writing the last log lines belongs to the load.
        await setTimeout(300)
        const used = cpuTime(this.#process.pid) - before
        this.failures += result.failures
        if (!(result.failures < result.requests / 10)) continue
        const rate = result.requests / result.seconds
        this.rounds[number] = { cpu: used / result.requests, rate, busy: used / 1e6 / result.seconds, memory }
        return
      }
      throw new Error(`under load it fails ${this.failures} times, or does not answer within ${seconds} s`)
    })
  }

  async stop() {
    await this.#process?.stop()
  }

  async #run(seconds) {
    const result = await this.#send(this.#url, seconds, this.#sent)
    this.#sent += result.requests
    return result
  }

  async #guard(action) {
    if (this.failure !== null) return
    try {
      await action()
    } catch (error) {
      this.failure = error.message
      await this.stop()
    }
  }
}

/** The first answer that is not a 503; the gateway gives those until it has fetched the issuer's keys. */
async function readyAnswer(method, url, headers, body) {
  for (let turn = 0; turn < 300; turn++) {
    const answer = await ask(method, url, headers, body)
    if (answer !== null && answer.status !== 503) return answer
    await setTimeout(100)
  }
  throw new Error('it is not ready after 30 s')
}
