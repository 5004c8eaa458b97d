import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** The date and machine of the figures. */
export function describeMachine() {
  const [first] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0]}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
}

export function machineText({ date, processor, cores, memory, system }, load) {
  return `${date}, ${processor}, ${cores} cores, ${memory} GB, ${system}. Load average before and after: ${load.join(', ')}.`
}
