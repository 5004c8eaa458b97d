import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Whether this machine has Chromium. If not, the reason for the skipped tests is printed. */
export function hasBrowser(): boolean {
  const found = existsSync(executablePath)
  if (!found) console.warn(`Tests in a browser are skipped: there is no ${executablePath}.`)
  return found
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags })
}
