import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { asData } from '../support/planData.ts'
import { type Answering, type Call, type Options, outcomeOf, planOf, probing, type Told } from './probe.ts'
import type { Verdict } from './table.ts'

/** Proves one verdict of a row; throws if it is not true. `codes`: the diagnostics that the row lists. */
export type Proof = (codes: readonly string[]) => void | Promise<void>

/** Proofs of the rows of a section: by keyword, one for each verdict in the column `support`. */
export type Proofs = Readonly<Record<string, Readonly<Partial<Record<Verdict, Proof>>>>>

/** A document and the place of the keyword. Without the keyword the proven behaviour must be absent. */
export interface Subject extends Options {
  readonly document: JsonObject
  /** JSON Pointer to the keyword. */
  readonly at: string
}

/** The document without the keyword. */
export function without({ document, at }: Subject): JsonObject {
  const steps = at
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const copy = structuredClone(document) as { [name: string]: JsonValue }
  let node = copy
  for (const step of steps.slice(0, -1)) node = node[step] as { [name: string]: JsonValue }
  const last = steps.at(-1) ?? ''
  if (!Object.hasOwn(node, last)) throw new Error(`Nothing stands at ${at}.`)
  if (Array.isArray(node)) node.splice(Number(last), 1)
  else delete node[last]
  return copy
}

const verdictOf = ({ status, arrived }: Told): string =>
  arrived === null ? `refused with ${status}` : `arrived, ${status}`

interface Requests extends Subject {
  readonly fits: readonly Call[]
  readonly fails: readonly Call[]
  /** `none`: for a keyword without which the same requests are refused. Each use explains why. */
  readonly control?: 'without' | 'none'
}

/** *Enforced*: invalid requests are answered with 400 and do not arrive. Without the keyword they arrive. */
export function refusesRequests(subject: Requests): Proof {
  const { document, fits, fails, control = 'without' } = subject
  return async () => {
    await probing(document, subject, async (probe) => {
      for (const call of fits) expect([call, verdictOf(await probe.send(call))]).toEqual([call, 'arrived, 200'])
      for (const call of fails) expect([call, verdictOf(await probe.send(call))]).toEqual([call, 'refused with 400'])
    })
    if (control === 'none') return
    await probing(without(subject), subject, async (probe) => {
      for (const call of fails) expect([call, verdictOf(await probe.send(call))]).toEqual([call, 'arrived, 200'])
    })
  }
}

interface Answers extends Subject {
  readonly call?: Call
  /** The answer of the service, and the expected one for the client. */
  readonly answers: readonly (readonly [Answering, Partial<Pick<Told, 'status' | 'body'>>])[]
}

/**
 * *Enforced* for answers: what the client gets for each answer of the service. Without the keyword it gets something
 * else.
 */
export function holdsAnswers(subject: Answers): Proof {
  const { document, answers, call = { method: 'GET' } } = subject
  return async () => {
    const told = async (spec: JsonObject): Promise<readonly Told[]> =>
      probing(spec, subject, async (probe) => {
        const all: Told[] = []
        for (const [answering] of answers) all.push(await probe.send(call, answering))
        return all
      })
    const wanted = answers.map(([, want]) => want)
    expect(await told(document)).toMatchObject(wanted)
    expect(await told(without(subject))).not.toMatchObject(wanted)
  }
}

/** *Passed on*: the request arrives with these members. */
export function passesOn(
  subject: Options & { readonly document: JsonObject; readonly call: Call },
  want: object,
): Proof {
  return () =>
    probing(subject.document, subject, async (probe) => {
      expect((await probe.send(subject.call)).arrived).toMatchObject(want)
    })
}

/** *Documented*: the client's `openapi.json` contains the text, and without the keyword it does not. */
export function documents(subject: Subject, wanted: string | readonly string[]): Proof {
  return async () => {
    const shown = JSON.stringify((await planOf(subject.document, subject)).contract)
    const hidden = JSON.stringify((await planOf(without(subject), subject)).contract)
    for (const text of [wanted].flat()) {
      expect(shown).toContain(text)
      expect(hidden).not.toContain(text)
    }
  }
}

/** *Refused*: exactly the row's diagnostics, at this place, and none without the keyword. */
export function isRefused(subject: Subject, pointer: string = subject.at): Proof {
  return async (codes) => {
    const { client, problems } = await outcomeOf(subject.document, subject)
    expect(client).toBeNull()
    expect(problems).toEqual(codes.map((code) => `${code} ${pointer}`))
    expect((await outcomeOf(without(subject), subject)).problems).toEqual([])
  }
}

/** *Ignored*: the plan is the same without the keyword. Reported if the row has a code. */
export function isIgnored(subject: Subject, pointer: string = subject.at): Proof {
  return async (codes) => {
    const { client, problems } = await outcomeOf(subject.document, subject)
    expect(problems).toEqual(codes.map((code) => `${code} ${pointer}`))
    expect(client).not.toBeNull()
    const other = await planOf(without(subject), subject)
    expect(client === null ? null : asData(client)).toEqual(asData(other))
  }
}
