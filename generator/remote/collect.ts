import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { addressOf, type LinkedText, linksIn, versionOf } from '../read/index.ts'
import type { Diagnostics } from '../support/index.ts'
import type { Downloader } from './download.ts'
import type { DownloadLimits } from './limits.ts'
import type { ResolvedSource } from './source.ts'

/** A file of a document, as downloaded. */
export interface CollectedFile {
  /** As requested, without a fragment. */
  readonly url: string
  readonly text: string
  readonly isJson: boolean
  readonly etag: string | null
  readonly links: readonly CollectedLink[]
}

export interface CollectedLink {
  readonly pointer: string
  readonly reference: string
  /** The URL of the file that it leads to; `null`: it does not lead to a file, or to one that is not downloaded. */
  readonly target: string | null
}

/** What is known of a file from an earlier download. */
export interface KnownFile {
  /** As it lies in the repository. */
  readonly text: string
  readonly etag: string | null
  /** The URL that a reference in `text` leads to; `null`: not to a known file. */
  targetOf(reference: string): string | null
}

export interface Collecting {
  readonly source: ResolvedSource
  /** By URL. */
  readonly known: ReadonlyMap<string, KnownFile>
  readonly downloader: Downloader
  readonly limits: DownloadLimits
  readonly diagnostics: Diagnostics
  /** The texts of files that diagnostics may name, by their shown names. */
  readonly texts: Map<string, string>
  readonly onFile: (shown: string) => void
}

/** How many files are downloaded at the same time. */
const atOnce = 6

interface Fetched {
  readonly url: string
  /** What relative references are resolved against. */
  readonly base: string
  readonly parsed: LinkedText
  readonly text: string
  readonly etag: string | null
  readonly known: KnownFile | null
}

/**
 * Downloads a document and the files that it refers to, directly or through others, from its own origin and from those that the source
 * allows. The first file is the document. Reports all failures; `null`: there was an error.
 */
export async function collect(context: Collecting): Promise<readonly CollectedFile[] | null> {
  const { source, diagnostics, limits, texts } = context
  const fetched = new Map<string, Fetched | null>()
  const deadline = performance.now() + limits.documentTime
  let bytes = 0

  const fetchAll = async (urls: readonly string[]): Promise<void> => {
    for (let at = 0; at < urls.length && !diagnostics.hasErrors; at += atOnce) {
      if (performance.now() > deadline) {
        report(
          context,
          'GW1401',
          `${source.shown(source.url)} was not complete within ${limits.documentTime / 1000} s.`,
        )
        return
      }
      const found = await Promise.all(
        urls.slice(at, at + atOnce).map((url) => fetchOne(url, url === source.url, context)),
      )
      for (const [index, one] of found.entries()) {
        fetched.set(urls[at + index] ?? '', one)
        bytes += Buffer.byteLength(one?.text ?? '')
      }
      if (bytes > limits.documentBytes || fetched.size > limits.files) {
        const size = `more than ${limits.documentBytes / 1_000_000} MB or ${limits.files.toLocaleString('en')} files`
        report(context, 'GW1404', `${source.shown(source.url)} has ${size}.`)
      }
    }
  }

  await fetchAll([source.url])
  // Absolute references may be `$id`s of schemas, which are known when all other files have been read.
  for (const isAbsolute of [false, true]) {
    for (;;) {
      const next = missing(fetched, isAbsolute, context)
      if (next.length === 0 || diagnostics.hasErrors) break
      await fetchAll(next)
    }
  }
  if (diagnostics.hasErrors) return null
  const files = [...fetched.values()].filter((one) => one !== null)
  for (const { url, text } of files) texts.set(source.shown(url), text)
  const ids = idsOf(files)
  return files.map((file) => ({
    url: file.url,
    text: file.text,
    isJson: file.parsed.isJson,
    etag: file.etag,
    links: file.parsed.links.map((link) => {
      const target = targetOf(file, link.reference, ids)
      return { ...link, target: target !== null && fetched.get(target) != null ? target : null }
    }),
  }))
}

/** The URLs that files refer to and that were not requested yet. */
function missing(
  fetched: ReadonlyMap<string, Fetched | null>,
  isAbsolute: boolean,
  context: Collecting,
): readonly string[] {
  const { source } = context
  const files = [...fetched.values()].filter((one) => one !== null)
  const ids = isAbsolute ? idsOf(files) : new Set<string>()
  const next = new Set<string>()
  for (const file of files) {
    for (const { reference, pointer } of file.parsed.links) {
      if (!isAbsolute && parseUrl(reference) !== null && file.known?.targetOf(reference) == null) continue
      const target = targetOf(file, reference, ids)
      if (target === null || fetched.has(target)) continue
      const { origin } = new URL(target)
      if (origin === source.origin || source.origins.has(origin)) {
        next.add(target)
        continue
      }
      context.diagnostics.report({
        code: 'GW1405',
        message: `${source.shown(target)} is not downloaded: it has another origin than the document.`,
        origin: { file: source.shown(file.url), pointer },
        remedy: `Allow it, if it is to be trusted:\n    --origin ${source.named(origin)}`,
        subject: source.shown(target),
      })
    }
  }
  return [...next]
}

function idsOf(files: readonly Fetched[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ base, parsed }) => parsed.ids.flatMap((id) => withoutHash(parseUrl(id, base)) ?? [])))
}

/** The URL of the file that a reference leads to; `null`: to none that HTTP can get, or to a schema by its `$id`. */
function targetOf({ base, known }: Fetched, reference: string, ids: ReadonlySet<string>): string | null {
  const noted = known?.targetOf(reference) ?? null
  if (noted !== null) return noted
  const url = parseUrl(addressOf(reference), base)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  const target = withoutHash(url)
  return target !== null && ids.has(target) ? null : target
}

function withoutHash(url: URL | null): string | null {
  if (url === null) return null
  url.hash = ''
  return url.href
}

async function fetchOne(url: string, isRoot: boolean, context: Collecting): Promise<Fetched | null> {
  const { source, known, downloader, diagnostics, texts } = context
  const shown = source.shown(url)
  const earlier = known.get(url) ?? null
  context.onFile(shown)
  const headers = new URL(url).origin === source.origin ? source.headers : {}
  const download = await downloader.get({ url, headers, etag: earlier?.etag ?? null })
  if (download.kind === 'failed') {
    const { code, reason, remedy, isMissing } = download.failure
    const isAbsent = isMissing && !isRoot
    diagnostics.report({
      code: isAbsent ? 'GW1405' : code,
      message: `${shown} ${source.named(reason)}.`,
      origin: null,
      remedy: isAbsent || remedy === null ? null : source.named(remedy),
    })
    return null
  }
  // Redirects to another origin are stores of files, to which relative references do not refer.
  const base = new URL(download.url).origin === new URL(url).origin ? download.url : url
  const isUnchanged = download.kind === 'unchanged' && earlier !== null
  const text = download.kind === 'text' ? download.text : (earlier?.text ?? '')
  texts.set(shown, text)
  const parsed = linksIn(text, shown, diagnostics)
  if (parsed === null || (isRoot && versionOf(parsed.value, shown, diagnostics) === null)) return null
  const etag = download.kind === 'text' ? download.etag : (earlier?.etag ?? null)
  return { url, base, parsed, text, etag, known: isUnchanged ? earlier : null }
}

function report({ diagnostics }: Collecting, code: 'GW1401' | 'GW1404', message: string): void {
  diagnostics.report({ code, message, origin: null })
}
