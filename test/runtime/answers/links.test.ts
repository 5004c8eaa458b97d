import { describe, expect, test } from '@jest/globals'
import { rewriteLinks } from '../../../templates/runtime/answers/links.ts'

/** `http://service/x` is `/x` of the gateway, and so are paths; nothing else is. */
const targetOf = (address: string): string | null => {
  if (address === '#') return '/here'
  const [, path = null] = /^(?:http:\/\/service)?(\/[^/].*)$/.exec(address) ?? []
  return path
}

describe('links of a service (RFC 8288, rules O1, O3)', () => {
  test.each<[string, string | null]>([
    ['<http://service/a>; rel=next', '</a>; rel=next'],
    ['</a?page=2>; rel="next"', '</a?page=2>; rel="next"'],
    ['<http://service/a>; rel="next", <http://service/b>; rel="prev"', '</a>; rel="next", </b>; rel="prev"'],
    ['<http://service/a>; rel="next",<http://evil.example/b>; rel="prev"', '</a>; rel="next"'],
    ['<http://evil.example/b>; rel="prev"', null],
    ['<//evil.example/b>; rel="prev"', null],
    ['</a,b;c>; rel=next', '</a,b;c>; rel=next'],
    ['</a>; title="x, <http://evil.example/y>; rel=up"; rel=next', '</a>; rel=next'],
    ['</a>; title="x", </b>; rel="up, <http://evil.example/>"', null],
    ['</a>; rel=next; title="x, http://evil.example/>"', '</a>; rel=next'],
    ["</a>; rel=next; anchor*=UTF-8''http%3A%2F%2Fevil.example%2F; rel*=UTF-8''up", '</a>; rel=next'],
    ['</a>; rel="next http://evil.example/rel"', '</a>; rel="next http://evil.example/rel"'],
    ['</a>; rel=http://evil.example/rel, </b>; rel=up', '</b>; rel=up'],
    [
      '</a>; title="quote \\" and , comma"; rel=next, </b>; rel=up',
      '</a>; title="quote \\" and , comma"; rel=next, </b>; rel=up',
    ],
    ["</a>; title*=UTF-8''%e2%82%ac; rel=next", "</a>; title*=UTF-8''%e2%82%ac; rel=next"],
    ['</a> ; REL = "next" ;crossorigin', '</a>; rel="next"; crossorigin'],
    ['</a>; rel=next; rel=evil', '</a>; rel=next'],
    ['</a>; rel=alternate; hreflang=de; hreflang=fr', '</a>; rel=alternate; hreflang=de; hreflang=fr'],
    ['</a>; rel=next;; ', '</a>; rel=next'],
    ['</a#part>; rel=next', '</a#part>; rel=next'],
    ['<>; rel=self', '</here>; rel=self'],
    ['<#part>; rel=self', '</here#part>; rel=self'],
    ['</a>; rel=next; anchor="/b"', '</a>; rel=next; anchor="/b"'],
    ['</a>; rel=next; anchor="http://service/b#x"', '</a>; rel=next; anchor="/b#x"'],
    ['</a>; rel=next; anchor="http://evil.example/"', null],
    ['</a>; rel=next; anchor', null],
    ['</a>', null],
    ['</a>; title=x', null],
    ['</a>; rel=next; type=text/html; title=h\u00e9llo', '</a>; rel=next; type="text/html"; title="h\u00e9llo"'],
    [
      '</a>; rel=preload; as=image; imagesrcset="http://int:8080/x 2x"; href="http://int/"',
      '</a>; rel=preload; as=image',
    ],
    ['</a>; rel', null],
    ['</a>; rel=" ", </b>; rel=up', '</b>; rel=up'],
    ['', null],
    [' , ,', null],
    ['garbage, </b>; rel=up', '</b>; rel=up'],
    ['</a; rel=next', null],
    ['</a>; rel="next', null],
    ['</a>; rel=next garbage, </b>; rel=up', '</b>; rel=up'],
    ['</a> garbage="x, y", </b>; rel=up', '</b>; rel=up'],
  ])('%s: %s', (line, want) => {
    expect(rewriteLinks(line, targetOf)).toBe(want)
  })

  test.each(['<', '"', '</a>;', '<>,', '</a>; rel="\\', ';=,'])('many of %s are read in linear time', (piece) => {
    expect(() => rewriteLinks(piece.repeat(20_000), targetOf)).not.toThrow()
  })
})
