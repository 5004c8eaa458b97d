/** Whether a header can carry the text as a secret: RFC 9110 section 5.5, but ASCII only, as recipients decode other bytes differently. */
export function isHeaderSecret(text: string): boolean {
  return /^([\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?)?$/.test(text)
}

/** Whether text can be the user name of Basic authentication: it ends at the first colon (RFC 7617 section 2). */
export function isBasicUserName(text: string): boolean {
  return !text.includes(':')
}
