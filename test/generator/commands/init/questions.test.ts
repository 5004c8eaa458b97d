import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import type { Dialogue } from '../../../../generator/commands/terminal.ts'
import { type IdentityProvider, startIdentityProvider } from '../../../support/identityProvider.ts'
import { document, folderWith, run } from '../console.ts'
import { down, enter, person } from './person.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith({ 'orders.json': document({ o: 'GET /o' }), 'deep/cart.json': document({ c: 'GET /c' }) })
})
afterEach(() => folder.remove())

const init = (dialogue: Dialogue, ...args: readonly string[]) =>
  run(['init', ...args], { cwd: folder.path, interactive: true, dialogue })
const written = (): string => readFileSync(join(folder.path, 'gateway.yaml'), 'utf8')
const manifest = () => parse(written().replaceAll('undecided', '{ authenticated: true }'))

const documents = 'Which documents describe your services?'
const name = 'Name of the system:'
const clients = 'Which kinds of client call your services?'
const signIn = (client: string): string => `How does ${client} sign in?`
const issuer = 'Issuer of access tokens'
const summary = 'Write gateway.yaml?'

describe('on a terminal, init', () => {
  test('asks for everything that was not given, and proposes defaults', async () => {
    const somebody = person({ [name]: [`shop${enter}`] })
    const { code } = await init(somebody)
    expect([code, somebody.asked]).toEqual([
      0,
      [
        documents,
        name,
        clients,
        signIn('app'),
        signIn('partner'),
        'Issuer of access tokens (nothing for later):',
        summary,
      ],
    ])
    expect(written()).toMatch(
      /name: shop\n[\s\S]*spec: deep\/cart\.json\n[\s\S]*spec: orders\.json\n[\s\S]*^ {2}partner:$/m,
    )
  })

  test('asks only for what was not given', async () => {
    const somebody = person()
    expect((await init(somebody, 'orders.json', '--name', 'shop', '--client', 'app:api-key')).code).toBe(0)
    expect(somebody.asked).toEqual([summary])
  })

  test('asks nothing with --yes or --json', async () => {
    const somebody = person()
    await init(somebody, 'orders.json', '--yes')
    await init(somebody, 'orders.json', '--json', '--force')
    expect(somebody.asked).toEqual([])
  })

  test('writes nothing if the user cancels', async () => {
    const { code, err } = await init(person({ [documents]: ['\u0003'] }))
    expect([code, err]).toEqual([1, 'Nothing was written.'])
    expect(written).toThrow('ENOENT')
  })

  test('makes a client with a name of its own, and lets each client sign in otherwise', async () => {
    const somebody = person({
      // Without app and partner; `another` is the last of six.
      [clients]: [` ${down.repeat(3)} ${down.repeat(2)} ${enter}`],
      'Name of this client:': [`Bad${enter}`, `\b\b\bclinic${enter}`],
      'Whose programs are clinic?': [`${down}${enter}`],
      [signIn('clinic')]: [`${down}${enter}`],
    })
    await init(somebody, 'orders.json', '--name', 'shop')
    expect(somebody.shown).toContain('Lower-case letters, digits and hyphens; a letter first.')
    expect(manifest().clients).toEqual({
      clinic: { audience: 'external', authenticate: ['bearer'], expose: null },
    })
  })

  test('asks for documents until they exist where none is found', async () => {
    const empty = folderWith({ 'specs/orders.txt': document({ o: 'GET /o' }) })
    const corrected = `${'\b'.repeat(9)}specs/orders.txt${enter}`
    const somebody = person({ 'OpenAPI documents': [`none.yaml${enter}`, corrected] })
    const { code } = await run(['init'], { cwd: empty.path, interactive: true, dialogue: somebody })
    empty.remove()
    expect([code, somebody.shown]).toEqual([0, expect.stringContaining('none.yaml does not exist.')])
  })
})

describe('the answer `?`', () => {
  test.each([
    [documents, '?', enter, 'gatewright init orders.yaml'],
    [name, `?${enter}`, `shop${enter}`, '--name shop'],
    [clients, '?', enter, '--client web:jwt'],
    [signIn('app'), '?', enter, '--client app:jwt or --client app:api-key'],
    [issuer, `?${enter}`, enter, '--issuer https://'],
    [summary, '?', enter, 'Nothing has been written yet.'],
  ])('to %s explains it with its option, and the question is asked again', async (question, help, answer, text) => {
    const somebody = person({ [question]: [help, answer] })
    const { code } = await init(somebody)
    expect(somebody.shown).toContain(text)
    expect([code, somebody.asked.filter((one) => one.startsWith(question)).length]).toEqual([0, 2])
  })
})

describe('the summary', () => {
  test('shows each answer, and the command that asks nothing', async () => {
    const somebody = person({ [name]: [`shop${enter}`] })
    await init(somebody, 'orders.json')
    expect(somebody.shown).toContain('documents  orders.json\n')
    expect(somebody.shown).toContain('name       shop\n')
    expect(somebody.shown).toContain('clients    app with access tokens; partner (other companies) with API keys\n')
    expect(somebody.shown).toContain('issuer     the variable OIDC_ISSUER\n')
    const [, command] = /the same +gatewright (.*)\n/.exec(somebody.shown) ?? []
    expect(command).toBe('init orders.json --name shop --client app:jwt --client partner:api-key:external --yes')
    const interactive = written()
    await run([...(command ?? '').split(' '), '--force'], { cwd: folder.path })
    expect(written()).toBe(interactive)
  })

  const choose = (place: number): string => down.repeat(place) + enter
  test('leads back to each answer, with the earlier one as its default', async () => {
    const somebody = person({
      [summary]: [choose(1), choose(2), choose(3), enter],
      // The first time as proposed. The second time without the first document, the partner and the name.
      [documents]: [enter, ` ${enter}`],
      [name]: [`shop${enter}`, `store${enter}`],
      [clients]: [enter, `${down.repeat(3)} ${enter}`],
    })
    await init(somebody)
    const { name: chosen, services, clients: made } = manifest()
    expect([chosen, Object.keys(services), Object.keys(made)]).toEqual(['store', ['orders'], ['app']])
  })

  test('asks for an issuer when the first client with tokens appears, and forgets it with the last', async () => {
    const somebody = person({
      [summary]: [choose(3), choose(3), enter],
      [signIn('app')]: [enter, `${down}${enter}`],
      [issuer]: [`http://id.example${enter}`],
    })
    await init(somebody, 'orders.json', '--name', 'shop', '--client', 'app:api-key')
    expect(manifest().authenticators.bearer.issuer).toBe('${OIDC_ISSUER:-http://id.example}')
    const other = person({
      [summary]: [choose(3), choose(3), enter],
      [signIn('app')]: [choose(0), choose(1)],
    })
    await init(other, 'orders.json', '--name', 'shop', '--client', 'app:jwt', '--force')
    expect(Object.keys(manifest().authenticators)).toEqual(['key'])
  })

  test('has a way out', async () => {
    const { code, err } = await init(person({ [summary]: [choose(5)] }))
    expect([code, err]).toEqual([1, 'Nothing was written.'])
    expect(written).toThrow('ENOENT')
  })
})

describe('the issuer', () => {
  let provider: IdentityProvider
  beforeEach(async () => {
    provider = await startIdentityProvider()
  })
  afterEach(() => provider.close())

  test('is asked at once, and what it says is shown and written', async () => {
    provider.metadata = { ...provider.metadata, scopes_supported: ['openid', 'orders:read'] }
    const somebody = person({ [issuer]: [`nowhere${enter}`, `${'\b'.repeat(7)}${provider.issuer}${enter}`] })
    await init(somebody, 'orders.json', '--name', 'shop', '--client', 'app:jwt')
    expect(somebody.shown).toContain('The address does not begin with http:// or https://.')
    expect(somebody.shown).toContain(
      `The issuer ${provider.issuer} has its keys at ${provider.jwksUrl}, signs with ES256, offers the scope orders:read\n`,
    )
    expect(somebody.shown).toContain(`--issuer ${provider.issuer} --yes`)
    expect(manifest().authenticators.bearer).toMatchObject({
      issuer: `\${OIDC_ISSUER:-${provider.issuer}}`,
      algorithms: ['ES256'],
    })
  })

  test('is not asked again when another answer is changed, and is forgotten for `-`', async () => {
    const somebody = person({
      [summary]: [down.repeat(2) + enter, down.repeat(4) + enter, enter],
      [issuer]: [`-${enter}`],
    })
    await init(somebody, 'orders.json', '--name', 'shop', '--client', 'app:jwt', '--issuer', provider.issuer)
    expect(provider.hits.metadata).toBe(1)
    expect(manifest().authenticators.bearer.issuer).toBe(`\${${'OIDC_ISSUER'}}`)
  })
})
