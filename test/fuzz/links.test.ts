import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { rewriteLinks } from '../../templates/runtime/answers/links.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { type Link, readLinks } from '../support/links.ts'
import { fuzz, patience } from './runs.ts'

const gateway = 'https://gateway.example'

/** `/a/...` of the service is `/a/...` of the gateway; nothing else is an address of the gateway. */
function targetOf(address: string): string | null {
  const url = parseUrl(address, 'http://service/a/here?x=1')
  if (url === null || url.host !== 'service' || url.username !== '' || url.password !== '') return null
  return url.protocol === 'http:' && url.pathname.startsWith('/a/') ? gateway + url.pathname + url.search : null
}

const addresses = [
  '',
  '#',
  '#part',
  '?page=2',
  '../a/up',
  './b',
  '/a/x',
  '/a/x,y;z="q"',
  '/b',
  '//evil.example/a/x',
  '\\\\evil.example/a/x',
  '/\\evil.example/a/x',
  'http://service/a/x#f',
  'http://service@evil.example/a/x',
  'http://evil.example/a/x',
  'http:evil',
  'javascript:alert(1)',
  ' /a/x ',
  '\t//evil.example/',
  '/a/x> ; rel=up',
  '/a/<b',
]
const address = fc.constantFrom(...addresses)
const names = ['rel', 'REL', 'rel*', 'rev', 'anchor', 'Anchor', 'anchor*', 'title', 'title*', 'hreflang', 'x', '']
const quoted = fc.oneof(
  fc.constantFrom(
    'next',
    'prev up',
    'http://evil.example/rel',
    'a, <http://evil.example/>; rel=next',
    'a\\"b',
    '\\',
    '',
  ),
  address,
)
const value = fc.oneof(
  fc.constantFrom('', '=', '=next', '= next', "=UTF-8''x", '=http://evil.example/', '="', '="next'),
  quoted.map((text) => `="${text}"`),
)
const parameter = fc
  .tuple(fc.constantFrom(';', '; ', ' ; ', ';;', ' ', ','), fc.constantFrom(...names), value)
  .map((parts) => parts.join(''))
const link = fc
  .tuple(
    address,
    fc.constantFrom('; rel=next', ';rel="prev up"', ''),
    fc.array(parameter, { maxLength: 4 }),
    fc.constantFrom('<', '<', '<', '', '<<'),
    fc.constantFrom('>', '>', '>', '', '>>'),
  )
  .map(([target, rel, parameters, open, close]) => `${open}${target}${close}${rel}${parameters.join('')}`)
const line = fc
  .array(fc.tuple(link, fc.constantFrom(', ', ',', ' , ,', '', '",')), { minLength: 1, maxLength: 4 })
  .map((links) => links.flat().join(''))

/** What links say, with addresses as clients see them. */
function told({ target, context, relations }: Link, of: (address: string) => string | null): string {
  return JSON.stringify([of(target), context === null ? null : of(context), relations])
}

function mapped(address: string): string | null {
  const trimmed = address.trim()
  const at = trimmed.indexOf('#')
  const own = targetOf((at < 0 ? trimmed : trimmed.slice(0, at)) || '#')
  return own === null ? null : own + (at < 0 ? '' : trimmed.slice(at))
}

test(
  'links of a service lead to the gateway, and are links that the service has sent (RFC 8288, rules O1, O3)',
  () => {
    fc.assert(
      fc.property(line, (sent) => {
        const shown = rewriteLinks(sent, targetOf)
        if (shown === null) return
        const { links, regular } = readLinks(shown)
        expect(regular).toBe(true)
        expect(links.length).toBeGreaterThan(0)
        for (const { target, context, relations } of links) {
          expect(target).toMatch(/^https:\/\/gateway\.example\/a\//)
          if (context !== null) expect(context).toMatch(/^https:\/\/gateway\.example\/a\//)
          expect(relations).not.toEqual([])
        }
        const all = readLinks(sent)
        const given = new Set(all.links.map((one) => told(one, mapped)))
        for (const one of all.regular ? links : []) expect(given).toContain(told(one, (text) => text))
        // Readers that split at `, <` and do not know of quotes find the same targets.
        const pieces = shown.split(/,\s*</).map((piece) => piece.replace('<', '').split('>')[0])
        expect(pieces).toEqual(links.map(({ target }) => target))
        expect(rewriteLinks(shown, (text) => text)).toBe(shown)
      }),
      fuzz(300, 5_000, 1),
    )
  },
  patience,
)
