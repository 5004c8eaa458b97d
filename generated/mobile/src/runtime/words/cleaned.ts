/** Characters. */
const most = 64

/** Text of a client, such as the id of a key, for the log: cut, and with `?` for what is not a letter, a digit or one of `_-.:/=+`. */
export function cleaned(text: string): string {
  const short = text.length > most ? `${text.slice(0, most)}...` : text
  return short.replace(/[^\w.:/=+-]/g, '?')
}
