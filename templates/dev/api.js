/** The server's answer, or an error with the server's words. */
async function ask(path, options) {
  const answer = await fetch(path, options)
  const body = await answer.json()
  if (!answer.ok) throw new Error(body.error ?? `${answer.status}`)
  return body
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null))

export const overview = () => ask('/api/overview')
export const contract = (gateway) => ask(`/api/contract?${query({ gateway })}`)
export const sample = (gateway, route, user) => ask(`/api/sample?${query({ gateway, route, user })}`)

/** Has the server call a gateway, so that all headers of the answer can be shown. */
export const call = (request) =>
  ask('/api/calls', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
