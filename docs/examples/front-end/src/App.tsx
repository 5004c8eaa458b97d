import { type JSX, useState } from 'react'
import { signIn } from './gateway.ts'
import { Products } from './Products.tsx'
import { ReturnForm } from './ReturnForm.tsx'

export function App(): JSX.Element {
  const [isSignedIn, setSignedIn] = useState(false)

  return (
    <main>
      <h1>Shop</h1>
      <Products />
      <h2>Send something back</h2>
      <label>
        Access token{' '}
        <input
          type="password"
          onChange={({ target }) => {
            const token = target.value.trim()
            signIn(token === '' ? null : token)
            setSignedIn(token !== '')
          }}
        />
      </label>
      {isSignedIn && <ReturnForm orderId="ord_8k2m4x7q" productId={4102000000017} />}
    </main>
  )
}
