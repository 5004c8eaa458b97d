import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { hasBrowser, launchBrowser } from '../../../support/browser.ts'
import { type DevProcess, startDev } from '../../../support/devCommand.ts'

const inBrowser = hasBrowser() ? describe : describe.skip

/** The page of the sample in a real browser. */
inBrowser('the page of dev in Chromium', () => {
  let dev: DevProcess
  let browser: Browser
  let page: Page
  const complaints: string[] = []
  beforeAll(async () => {
    dev = await startDev(['--client', 'web', '--client', 'partner', '--no-watch'])
    browser = await launchBrowser()
    page = await browser.newPage()
    // Such as a violation of the content security policy.
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await dev.remove()
  })

  const signIn = async (user: string): Promise<void> => {
    await page.click('#sign-in')
    await page.click(`button[value=${user}]`)
    await page.waitForURL(`${dev.document.page}/#/web/customers.listAddresses`)
    await page.waitForSelector('.claims')
  }
  const send = async (): Promise<string> => {
    await page.click('#send')
    await page.waitForSelector('#send:enabled')
    return (await page.textContent('.answer .status')) ?? ''
  }
  const logged = (): Promise<string | null> => page.textContent('.log tbody tr')

  test('shows gateways with addresses, users with claims, and services', async () => {
    await page.goto(dev.document.page)
    await page.waitForSelector('.card')
    const text = (await page.textContent('main')) ?? ''
    for (const { url } of dev.document.gateways) expect(text).toContain(url)
    for (const url of Object.values(dev.document.services)) expect(text).toContain(url)
    expect(text).toContain('department')
  })

  test('a call without a credential gets 401', async () => {
    await page.goto(`${dev.document.page}/#/web/customers.listAddresses`)
    expect(await send()).toBe('401')
  })

  test('signs in by the code flow, shows the claims, and the log says why the call is refused', async () => {
    await signIn('noah')
    const claims = (await page.textContent('.claims')) ?? ''
    expect(claims).toContain('noah')
    expect(claims).toContain('shop-web')
    expect(await send()).toBe('403')
    await page.waitForSelector('.log tbody tr:has-text("noah")')
    expect(await logged()).toMatch(/403.*GET \/me\/addresses.*noah.*scope/)
  })

  test('shows the answer, and what the gateway removed from that of the service', async () => {
    await signIn('alice')
    expect(await send()).toBe('200')
    expect(await page.textContent('.answer pre')).toContain('street')
    await page.click('text=What the service answered')
    expect(await page.textContent('.answer mark')).toContain('simulatedUndeclared')
  })

  test('shows the contract of the route', async () => {
    await page.click('role=tab[name=Contract]')
    await page.waitForSelector('.response')
    const text = (await page.textContent('.contract')) ?? ''
    expect(text).toContain('list of customers.Address')
    expect(text).toContain('postalCode')
  })

  test('calls with the key of a user', async () => {
    await page.goto(`${dev.document.page}/#/partner/catalog.listCategories`)
    await page.selectOption('#caller', 'user alice')
    expect(await send()).toBe('200')
  })

  test('nothing was refused by the content security policy', () => {
    expect(complaints).toEqual([])
  })
})
