import { describe, expect, test } from '@jest/globals'
import { accessMarkFault } from '../../../templates/runtime/words/tokenMarks.ts'

describe('rule J4: a mark of access tokens is a claim that no other token of the issuer has', () => {
  test.each<[string, readonly string[], readonly string[], string | null]>([
    ['of applications, Entra ID', ['idtyp'], ['app'], null],
    ['the authentication of a client, Entra ID', ['azpacr'], ['1', '2'], null],
    ['a use that only access tokens have', ['token_type'], ['access'], null],
    ['a member of a claim', ['https://id.example/use', 'kind'], ['api'], null],
    ['no claim', [], ['app'], 'has no name or no text'],
    ['no text', ['idtyp'], [], 'has no name or no text'],
    ['an empty text', ['idtyp'], ['app', ''], 'has no name or no text'],
    ['the audience', ['aud'], ['shop'], 'stands in ID tokens too'],
    ['the roles of a user', ['roles'], ['support'], 'stands in ID tokens too'],
    ['the version, Entra ID', ['ver'], ['2.0'], 'stands in ID tokens too'],
    ['the tenant, Entra ID', ['tid'], ['t'], 'stands in ID tokens too'],
    ['the groups, Cognito', ['cognito:groups'], ['support'], 'stands in ID tokens too'],
    ['a nonce', ['nonce'], ['n'], 'stands in other tokens only'],
    ['a member of events', ['events', 'a'], ['b'], 'stands in other tokens only'],
    ['the use of ID tokens', ['token_use'], ['access', 'ID'], 'stands in other tokens only'],
    ['the name of refresh tokens', ['tokenName'], ['refresh_token'], 'stands in other tokens only'],
    ['the type of bound tokens', ['typ'], ['DPoP'], 'stands in other tokens only'],
    ['offline tokens', ['typ'], ['Offline'], 'stands in other tokens only'],
  ])('%s', (_, claim, texts, fault) => {
    expect(accessMarkFault(claim, texts)).toBe(fault)
  })
})
