import type { Product } from '@gateway'
import { type JSX, useEffect, useState } from 'react'
import { described, gateway } from './gateway.ts'

/** The first products of the catalogue, which is open to everybody. */
export function Products(): JSX.Element {
  const [products, setProducts] = useState<readonly Product[]>([])
  const [fault, setFault] = useState<string | null>(null)

  useEffect(() => {
    const leaving = new AbortController()
    async function load(): Promise<void> {
      const { data, error } = await gateway.GET('/products', {
        params: { query: { limit: 10, sort: 'title' } },
        signal: leaving.signal,
      })
      if (data !== undefined) setProducts(data.items)
      else setFault(described(error))
    }
    load().catch((reason: unknown) => {
      if (!leaving.signal.aborted) setFault(String(reason))
    })
    return () => leaving.abort()
  }, [])

  if (fault !== null) return <p role="alert">{fault}</p>
  return (
    <ul>
      {products.map((product) => (
        <ProductItem key={product.id} product={product} />
      ))}
    </ul>
  )
}

function ProductItem({ product }: { readonly product: Product }): JSX.Element {
  const { title, price } = product
  return (
    <li>
      {title}: {price.amount} {price.currency}
    </li>
  )
}
