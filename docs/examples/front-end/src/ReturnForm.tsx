import type { Return, ReturnCreate } from '@gateway'
import { type FormEvent, type JSX, useState } from 'react'
import { described, gateway } from './gateway.ts'

const reasons: readonly ReturnCreate['reason'][] = ['defective', 'wrong-item', 'not-as-described', 'changed-mind']

/** Registers a return. What is sent has no `id` and no `status`; what comes back has both. */
export function ReturnForm({
  orderId,
  productId,
}: {
  readonly orderId: string
  readonly productId: number
}): JSX.Element {
  const [wanted, setWanted] = useState<ReturnCreate>({ reason: 'defective', items: [{ productId, quantity: 1 }] })
  const [registered, setRegistered] = useState<Return | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const { data, error } = await gateway.POST('/orders/{orderId}/returns', {
      params: { path: { orderId } },
      body: wanted,
    })
    setFault(data === undefined ? described(error) : null)
    setRegistered(data ?? null)
  }

  if (registered !== null) return <ReturnStatus value={registered} />
  return (
    <form onSubmit={(event) => submit(event).catch((reason: unknown) => setFault(String(reason)))}>
      {fault !== null && <p role="alert">{fault}</p>}
      <label>
        Reason{' '}
        <select
          value={wanted.reason}
          onChange={({ target }) => {
            const reason = reasons.find((one) => one === target.value)
            if (reason !== undefined) setWanted({ ...wanted, reason })
          }}
        >
          {reasons.map((reason) => (
            <option key={reason}>{reason}</option>
          ))}
        </select>
      </label>
      <button type="submit">Send back</button>
    </form>
  )
}

function ReturnStatus({ value }: { readonly value: Return }): JSX.Element {
  return (
    <p>
      Return {value.id} is {value.status}.
    </p>
  )
}
