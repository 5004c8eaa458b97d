import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startPage } from '../../../../generator/dev/page/index.ts'
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
    dev = await startDev(['--client', 'web', '--client', 'partner', '--client', 'mobile', '--no-watch'])
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

  test('proposes requests with the ids of the user who signed in', async () => {
    const subjectOf = (name: string): string => {
      const header = dev.document.gateways
        .find(({ client }) => client === 'mobile')
        ?.users.find((one) => one.name === name)
      const [, claims = ''] = header?.header.split('.') ?? []
      return String(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')).sub)
    }
    await page.goto(`${dev.document.page}/#/mobile/customers.listAddresses`)
    await page.click('#sign-in')
    await page.click('button[value=rita]')
    await page.waitForSelector('.claims')
    await page.waitForSelector('#target')
    expect(await page.inputValue('#target')).toContain(subjectOf('rita'))
  })

  test('says that the identity provider cannot be reached', async () => {
    const other = await browser.newPage()
    const errors: string[] = []
    other.on('pageerror', (error) => errors.push(error.message))
    await other.route(`${dev.document.issuer}/**`, (route) => route.abort())
    await other.goto(`${dev.document.page}/#/web/customers.listAddresses`)
    await other.click('#sign-in')
    expect(await other.textContent('[role=alert]')).toContain(`The metadata of ${dev.document.issuer} cannot be read.`)
    expect(errors).toEqual([])
    await other.close()
  })

  test('asks for the gateways again when `dev` was restarted', async () => {
    const first = await startPage(0)
    const other = await browser.newPage()
    const asked = () => other.waitForResponse((answer) => answer.url() === `${first.url}/api/overview`)
    await Promise.all([asked(), other.goto(first.url)])
    await first.close()
    const again = asked()
    const second = await startPage(Number(new URL(first.url).port))
    await again
    await other.close()
    await second.close()
  })

  test('nothing was refused by the content security policy', () => {
    expect(complaints).toEqual([])
  })
})
