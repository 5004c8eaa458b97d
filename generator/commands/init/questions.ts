import { isDeepStrictEqual } from 'node:util'
import { shellWord } from '../../support/index.ts'
import { identifier } from '../identifiers.ts'
import type { Dialogue } from '../terminal.ts'
import { clientKinds, clientText, defaultClients, readClients } from './clients.ts'
import type { ClientWish } from './draft.ts'
import { issuerFault, type Learned } from './issuerAddress.ts'
import { createPrompts, type Prompts } from './prompts.ts'

/** What a manifest is made from, as on the command line. */
export interface Answers {
  readonly specs: readonly string[]
  readonly name: string
  readonly clients: readonly string[]
  /** `null`: only a variable of the environment names it, or no client has tokens. */
  readonly issuer: Learned | null
}

/** What the command line says. Empty lists and `null` are not said. */
export interface Given {
  readonly specs: readonly string[]
  readonly name: string | null
  readonly clients: readonly string[]
  readonly issuer: string | null
}

export interface Surroundings {
  /** Documents to choose from. */
  readonly found: readonly string[]
  /** The proposed name. */
  readonly name: string
  /** The manifest, as typed. */
  readonly out: string
  /** Why there is no document of a name; `null`: there is one. */
  documentFault(name: string): string | null
  learn(issuer: string): Promise<Learned>
}

type Part = keyof Answers

/**
 * Asks for what the command line did not say, shows a summary, and asks again for what the user wants to change. Returns
 * `null` if the user stops.
 */
export async function askQuestions(
  given: Given,
  surroundings: Surroundings,
  dialogue: Dialogue,
): Promise<Answers | null> {
  const prompts = createPrompts(dialogue)
  prompts.tell(['Answer `?` for an explanation of a question.'])
  try {
    let answers: Answers = {
      specs: given.specs.length > 0 ? given.specs : await askSpecs(surroundings.found, surroundings, prompts),
      name: given.name ?? (await askName(surroundings.name, prompts)),
      clients: given.clients.length > 0 ? given.clients : await askClients(defaultClients, prompts),
      issuer: null,
    }
    if (hasTokens(answers)) {
      const { issuer } = given
      const learned = issuer === null ? askIssuer(null, surroundings, prompts) : learn(issuer, surroundings, prompts)
      answers = { ...answers, issuer: await learned }
    }
    for (;;) {
      const next = await askWhatNext(answers, surroundings, prompts)
      if (next === 'write') return answers
      if (next === 'stop') return null
      answers = await changed(next, answers, surroundings, prompts)
    }
  } catch (error) {
    // The library throws this on Ctrl+C.
    if (error instanceof Error && error.name === 'ExitPromptError') return null
    throw error
  }
}

/** The answers with one of them asked for again. An issuer is asked for when the first client with tokens appears. */
async function changed(part: Part, answers: Answers, surroundings: Surroundings, prompts: Prompts): Promise<Answers> {
  switch (part) {
    case 'specs': {
      const found = [...new Set([...surroundings.found, ...answers.specs])]
      const chosen = new Set(answers.specs)
      return { ...answers, specs: await askSpecs(found, surroundings, prompts, chosen) }
    }
    case 'name':
      return { ...answers, name: await askName(answers.name, prompts) }
    case 'issuer':
      return { ...answers, issuer: await askIssuer(answers.issuer, surroundings, prompts) }
    case 'clients': {
      const next = { ...answers, clients: await askClients(answers.clients, prompts) }
      if (!hasTokens(next)) return { ...next, issuer: null }
      return hasTokens(answers) ? next : { ...next, issuer: await askIssuer(null, surroundings, prompts) }
    }
  }
}

/** `chosen`: the documents that are checked; `null`: all. */
async function askSpecs(
  found: readonly string[],
  { documentFault }: Surroundings,
  prompts: Prompts,
  chosen: ReadonlySet<string> | null = null,
): Promise<readonly string[]> {
  const explanation =
    'Each document becomes a service that the gateways call. A document is OpenAPI 3.0, 3.1 or 3.2, in YAML or JSON.\nOn the command line: gatewright init orders.yaml catalog.yaml'
  if (found.length > 0) {
    return prompts.several({
      message: 'Which documents describe your services?',
      explanation,
      choices: found.map((value) => ({ value, name: value, checked: chosen?.has(value) ?? true })),
    })
  }
  const split = (text: string): readonly string[] => text.split(/\s+/).filter((name) => name !== '')
  const text = await prompts.text({
    message: 'OpenAPI documents of your services (files or folders, separated by spaces):',
    explanation,
    proposal: '',
    fault: (answer) =>
      split(answer).length === 0 ? 'Name a file.' : (split(answer).map(documentFault).find(isText) ?? null),
  })
  return split(text)
}

function askName(proposal: string, prompts: Prompts): Promise<string> {
  return prompts.text({
    message: 'Name of the system:',
    explanation: 'Audiences of tokens and names of packages begin with it.\nOn the command line: --name shop',
    proposal,
    fault: nameFault,
  })
}

function nameFault(text: string): string | null {
  return identifier(text, '') === text ? null : 'Lower-case letters, digits and hyphens; a letter first.'
}

async function askClients(proposal: readonly string[], prompts: Prompts): Promise<readonly string[]> {
  const before = readClients(proposal).clients
  const named: readonly ClientWish[] = before.filter(({ id }) => clientKinds.every((kind) => kind.id !== id))
  const choices = [
    ...clientKinds.map(({ id, kind, external, is }) => ({ id, kind, external, is })),
    ...named.map((client) => ({ ...client, is: client.external ? 'of other companies' : 'of your own' })),
  ].map(({ is, ...client }) => ({
    value: before.find(({ id }) => id === client.id) ?? client,
    name: `${client.id.padEnd(8)} ${is}`,
    short: client.id,
    checked: before.some(({ id }) => id === client.id),
  }))
  const chosen = await prompts.several<ClientWish | null>({
    message: 'Which kinds of client call your services?',
    explanation:
      'Each kind of client gets a gateway of its own, with the operations that it may call. Nothing is exposed to clients of other\ncompanies that asks for no scope.\nOn the command line: --client web:jwt --client partner:api-key:external',
    choices: [
      ...choices,
      { value: null, name: 'another  with a name that you choose', short: 'another', checked: false },
    ],
  })
  const clients: ClientWish[] = []
  for (const client of chosen) {
    const one = client ?? (await askAnother([...clients, ...chosen], prompts))
    clients.push({ ...one, kind: await askKind(one, prompts) })
  }
  return clients.map(clientText)
}

async function askAnother(others: readonly (ClientWish | null)[], prompts: Prompts): Promise<ClientWish> {
  const id = await prompts.text({
    message: 'Name of this client:',
    explanation: 'The folder of its gateway has this name.',
    proposal: '',
    fault: (text) =>
      others.some((other) => other?.id === text) ? `There is a client ${text} already.` : nameFault(text),
  })
  const external = await prompts.one({
    message: `Whose programs are ${id}?`,
    explanation:
      'For programs of other companies, more has to be decided before an operation is exposed: see --client NAME:jwt:external.',
    choices: [
      { value: false, name: 'your own' },
      { value: true, name: 'those of other companies' },
    ],
    proposal: false,
  })
  return { id, kind: external ? 'api-key' : 'jwt', external }
}

function askKind({ id, kind }: ClientWish, prompts: Prompts): Promise<ClientWish['kind']> {
  return prompts.one({
    message: `How does ${id} sign in?`,
    explanation:
      'Access tokens say which user calls, and expire. An OpenID provider or OAuth server issues them.\nAPI keys say which program calls. `gatewright key` makes them, and services get a token or key of the gateway.\nOn the command line: ' +
      `--client ${id}:jwt or --client ${id}:api-key`,
    choices: [
      { value: 'jwt', name: 'with access tokens of an identity provider' },
      { value: 'api-key', name: 'with API keys' },
    ],
    proposal: kind,
  })
}

async function askIssuer(
  before: Learned | null,
  surroundings: Surroundings,
  prompts: Prompts,
): Promise<Learned | null> {
  const none = '-'
  const text = await prompts.text({
    message:
      before === null ? 'Issuer of access tokens (nothing for later):' : 'Issuer of access tokens (- for later):',
    explanation:
      'The `iss` of its tokens, or the address of its metadata. It is asked for its metadata and keys, and what it says is filled in.\nWithout it, gateways need the variable OIDC_ISSUER when they start, and `gatewright dev` sets it to its own provider.\nOn the command line: --issuer https://id.example/realms/shop',
    proposal: before?.typed ?? '',
    fault: (answer) => {
      const fault = answer === '' || answer === none ? null : issuerFault(answer)
      return fault === null ? null : `The address ${fault}.`
    },
  })
  if (text === '' || text === none) return null
  return text === before?.typed ? before : learn(text, surroundings, prompts)
}

async function learn(issuer: string, { learn: ask }: Surroundings, prompts: Prompts): Promise<Learned> {
  const learned = await ask(issuer)
  prompts.tell([learned.note])
  return learned
}

/** The summary, and what to do with it. */
function askWhatNext(
  answers: Answers,
  { out, found }: Surroundings,
  prompts: Prompts,
): Promise<Part | 'write' | 'stop'> {
  const { specs, name, clients, issuer } = answers
  const withTokens = hasTokens(answers)
  prompts.tell([
    '',
    `documents  ${specs.join(', ')}`,
    `name       ${name}`,
    `clients    ${readClients(clients).clients.map(described).join('; ')}`,
    ...(withTokens ? [`issuer     ${issuer?.issuer.address ?? 'the variable OIDC_ISSUER'}`] : []),
    `the same   gatewright init ${commandOf(answers, out, found).join(' ')}`,
    '',
  ])
  return prompts.one<Part | 'write' | 'stop'>({
    message: `Write ${out}?`,
    explanation: 'Nothing has been written yet. Afterwards, open decisions are marked in the file.',
    choices: [
      { value: 'write', name: 'yes' },
      { value: 'specs', name: 'change the documents' },
      { value: 'name', name: 'change the name' },
      { value: 'clients', name: 'change the clients' },
      ...(withTokens ? [{ value: 'issuer' as const, name: 'change the issuer' }] : []),
      { value: 'stop', name: 'stop, and write nothing' },
    ],
    proposal: 'write',
  })
}

function described({ id, kind, external }: ClientWish): string {
  return `${id}${external ? ' (other companies)' : ''} with ${kind === 'jwt' ? 'access tokens' : 'API keys'}`
}

/** The arguments that give the same answers without a question. `--yes` takes all documents that are found. */
function commandOf(
  { specs, name, clients, issuer }: Answers,
  out: string,
  found: readonly string[],
): readonly string[] {
  return [
    ...(isDeepStrictEqual(specs, found) ? [] : specs),
    ...(out === 'gateway.yaml' ? [] : ['--out', out]),
    '--name',
    name,
    ...clients.flatMap((client) => ['--client', client]),
    ...(issuer === null ? [] : ['--issuer', issuer.typed]),
    '--yes',
  ].map(shellWord)
}

/** Whether a client signs in with tokens. */
export function hasTokens({ clients }: Pick<Answers, 'clients'>): boolean {
  return readClients(clients).clients.some(({ kind }) => kind === 'jwt')
}

function isText(value: string | null): value is string {
  return value !== null
}
