import { existsSync, realpathSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Report } from '../support/index.ts'
import { type Env, type GitAnswer, runGit } from './git.ts'

/** The files below a folder as they are committed at a revision of its git repository. Nothing is checked out. */
export interface Revision {
  /** The id of the commit, abbreviated. */
  readonly commit: string
  /** Paths below the folder, with forward slashes. */
  readonly paths: readonly string[]
  /** The texts of those of `paths` that are wanted: all of them, or none. */
  read(wanted: (path: string) => boolean): FoundTexts
}

export type FoundTexts =
  | { readonly kind: 'texts'; readonly texts: ReadonlyMap<string, string> }
  | { readonly kind: 'fault'; readonly fault: Report }

export type FoundRevision =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'fault'; readonly fault: Report }

/**
 * @param name as git takes it: a branch, a tag, a commit
 * @param folder absolute; it need not exist
 * @param env for git
 */
export function findRevision(name: string, folder: string, env: Env): FoundRevision {
  const git = gitWith(env)
  const there = existing(folder)
  const top = git(there, ['rev-parse', '--show-toplevel'])
  if (top.kind === 'failure') return faultOf(top.reason, remedyOf(top))
  const root = top.output.toString('utf8').trimEnd()
  const spec = `${name}^{commit}`
  const found = git(root, ['rev-parse', '--verify', '--short', '--end-of-options', spec])
  if (found.kind === 'failure') {
    return faultOf(
      `${name} is not a revision of this repository: ${found.reason}`,
      'Name a branch, a tag or a commit. In CI fetch it before, such as with `fetch-depth: 0` of actions/checkout.',
    )
  }
  const commit = found.output.toString('utf8').trim()
  const below = relative(realpathSync(root), resolve(realpathSync(there), relative(there, folder)))
  const start = below === '' ? '' : `${below.split(sep).join('/')}/`
  const listed = git(root, ['ls-tree', '-r', '-z', '--full-tree', commit, ...(start === '' ? [] : ['--', start])])
  if (listed.kind === 'failure') return faultOf(listed.reason, 'Fetch the commit with its files.')
  const blobs = blobsOf(listed.output.toString('utf8'), start)
  return {
    kind: 'revision',
    revision: { commit, paths: [...blobs.keys()], read: (wanted) => read(git, root, commit, blobs, wanted) },
  }
}

function faultOf(reason: string, remedy: string): { readonly kind: 'fault'; readonly fault: Report } {
  return { kind: 'fault', fault: { code: 'GW5015', message: sentence(reason), origin: null, remedy } }
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

/** The nearest folder that exists. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder))
}

/** Ids of regular files by their paths below `start`; symbolic links and submodules are left out. */
function blobsOf(listing: string, start: string): ReadonlyMap<string, string> {
  const entries = listing.split('\0').flatMap((line): [string, string][] => {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? []
    return id === undefined || path === undefined || !path.startsWith(start) ? [] : [[path.slice(start.length), id]]
  })
  return new Map(entries)
}

function read(
  git: Git,
  root: string,
  commit: string,
  blobs: ReadonlyMap<string, string>,
  wanted: (path: string) => boolean,
): FoundTexts {
  const asked = [...blobs].filter(([path]) => wanted(path))
  if (asked.length === 0) return { kind: 'texts', texts: new Map() }
  const answer = git(root, ['cat-file', '--batch'], asked.map(([, id]) => `${id}\n`).join(''))
  const remedy =
    'Fetch the commit with its files: a clone with `--filter` gets them from its remote, and `git fetch --refetch` gets all of them again.'
  if (answer.kind === 'failure') return faultOf(`Files of ${commit} cannot be read: ${answer.reason}`, remedy)
  const texts = new Map<string, string>()
  let at = 0
  for (const [path] of asked) {
    // `<id> blob <bytes>`, a line feed, the contents, a line feed. Or `<id> missing`, as in a partial clone.
    const end = answer.output.indexOf('\n', at)
    const bytes = Number(/ blob (\d+)$/.exec(answer.output.subarray(at, end).toString('latin1'))?.[1] ?? Number.NaN)
    if (Number.isNaN(bytes)) return faultOf(`${path} is missing from this repository at ${commit}`, remedy)
    at = end + 1
    texts.set(path, answer.output.subarray(at, at + bytes).toString('utf8'))
    at += bytes + 1
  }
  return { kind: 'texts', texts }
}

type Git = (folder: string, args: readonly string[], input?: string) => GitAnswer

function gitWith(env: Env): Git {
  return (folder, args, input) => runGit(folder, args, env, input)
}

/** What to do where git finds no repository. */
function remedyOf({ said }: Extract<GitAnswer, { readonly kind: 'failure' }>): string {
  if (said === null) return 'Install git, so that it is found by `PATH`.'
  const [, owned] = /safe\.directory (.+)$/m.exec(said) ?? []
  if (owned === undefined) return 'Run `check --base` in a git repository.'
  return `The repository belongs to another user. If you trust it, run \`git config --global --add safe.directory ${owned}\`.`
}
