import { describe, expect, test } from '@jest/globals'
import { readDisposition } from '../../../templates/runtime/bodies/disposition.ts'

describe('rule P14: a part has one name for every reader', () => {
  test.each<[string, string]>([
    ['an extended name', `form-data; name="name"; name*=utf-8''admin`],
    ['an extended name alone', `form-data; name*=utf-8''admin`],
    ['an extended name first', `form-data; name*=utf-8''admin; name="a"`],
    ['an extended name in upper case', `form-data; name="a"; NAME*=utf-8''admin`],
    ['a continued name', 'form-data; name="a"; name*0=ad; name*1=min'],
    ['a continued extended name', `form-data; name="a"; name*0*=utf-8''ad; name*1=min`],
    ['two names', 'form-data; name="a"; name="admin"'],
    ['two names in other case', 'form-data; name="a"; Name="admin"'],
    ['no name', 'form-data; filename="a"'],
    ['a name with escapes', 'form-data; name="a\\"b"'],
    ['an encoded word', 'form-data; name="=?utf-8?b?YWRtaW4=?="'],
    ['a name within a file name', 'form-data; name="a"; filename="b; name=admin; c.txt"'],
    ['a quoted name within a file name', 'form-data; name="a"; filename="b\\"; name=\\"admin"'],
    ['an extended name within a file name', `form-data; name="a"; filename="b; name*=utf-8''admin"`],
    ['a name in upper case within a file name', 'form-data; name="a"; filename="b;NAME =admin"'],
    ['a name within a name', 'form-data; name="a; name=admin"'],
    ['a name within an unknown parameter', 'form-data; name="a"; x="b; name=admin"'],
    ['a quotation mark that ends only for some', 'form-data; filename="b\\"; name="admin"'],
    ['pieces of a file name', 'form-data; name="a"; filename*0="b"; filename*1="c"'],
    ['two file names', 'form-data; name="a"; filename="b"; FILENAME="c"'],
    ['spaces around =', 'form-data; name = "a"'],
    ['text after a value', 'form-data; name="a" b'],
    ['another disposition', 'attachment; name="a"'],
    ['two parameters with a comma', 'form-data; name=a, name=b'],
  ])('%s is refused', (_, text) => {
    expect(readDisposition(text)).toBeNull()
  })

  test.each<[string, string, string, string | null]>([
    ['quoted', 'form-data; name="a"', 'a', null],
    ['a token', 'form-data; name=a', 'a', null],
    ['in upper case', 'FORM-DATA; NAME="A"; FILENAME="b"', 'A', 'b'],
    ['both file names', `form-data; name=file; filename=a.txt; filename*=utf-8''a.txt`, 'file', 'a.txt'],
    ['quoted, both', `form-data; name="f"; filename="a b.txt"; filename*=utf-8''a%20b.txt`, 'f', 'a b.txt'],
    ['an extended file name alone', `form-data; name="f"; filename*=utf-8''a.txt`, 'f', "utf-8''a.txt"],
    ['backslashes in a file name', 'form-data; name="f"; filename="C:\\dir\\a.txt"', 'f', 'C:\\dir\\a.txt'],
    ['an escaped quotation mark', 'form-data; name="f"; filename="a\\"b.txt"', 'f', 'a\\"b.txt'],
    ['a semicolon in a file name', 'form-data; name="f"; filename="a; b=c.txt"', 'f', 'a; b=c.txt'],
    ['a file name about names', 'form-data; name="f"; filename="name; names=1.txt"', 'f', 'name; names=1.txt'],
    ['other scripts', 'form-data; name="имя"; filename="отчёт.pdf"', 'имя', 'отчёт.pdf'],
    ['an encoded word as a file name', 'form-data; name="f"; filename="=?utf-8?B?YQ==?="', 'f', '=?utf-8?B?YQ==?='],
    ['other parameters', 'form-data; name="f"; filename="a"; size=12; x-y="z"', 'f', 'a'],
    ['a semicolon at the end', 'form-data; name="f";', 'f', null],
    ['the file name first', 'form-data; filename="a"; name="f"', 'f', 'a'],
  ])('%s', (_, text, name, filename) => {
    expect(readDisposition(text)).toEqual({ name, filename })
  })
})
