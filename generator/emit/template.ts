import Handlebars from 'handlebars'
import { type Code, isCode } from '../code/index.ts'
import { templateText } from './package.ts'

/** The data of a template: every member is present, and every leaf is escaped for its place. */
export type View = { readonly [name: string]: Code | boolean | null | View | readonly View[] | readonly Code[] }

/**
 * Handlebars with text, `if`, `unless` and `each` only. By default Handlebars prints nothing for a misspelt field and
 * does not report it, within a block not even with `strict`. Here a misspelt field always throws.
 */
const handlebars = Handlebars.create()
const helpers = {
  place(value: unknown): string {
    if (isCode(value)) return String(value)
    throw new TypeError('a template may place nothing but Code')
  },
  if(this: unknown, value: unknown, options: Handlebars.HelperOptions): string {
    return decided(value) ? options.fn(this) : options.inverse(this)
  },
  unless(this: unknown, value: unknown, options: Handlebars.HelperOptions): string {
    return decided(value) ? options.inverse(this) : options.fn(this)
  },
  each(this: unknown, value: unknown, options: Handlebars.HelperOptions): string {
    if (!Array.isArray(value)) throw new TypeError('{{#each}} needs a list')
    if (value.length === 0) return options.inverse(this)
    return value.map((item) => options.fn(item)).join('')
  },
}
for (const name of Object.keys(handlebars.helpers)) handlebars.unregisterHelper(name)
handlebars.registerHelper(helpers)

/** A compiled template. Returns the whole text, or throws an error that names the fault of the view. */
export type Template = (view: View) => string

const compiled = new Map<string, Template>()

/** The template `templates/<name>.hbs`, compiled once per process. */
export function template(name: string): Template {
  const known = compiled.get(name)
  if (known !== undefined) return known
  const made = compile(templateText(`${name}.hbs`))
  compiled.set(name, made)
  return made
}

/** Compiles the text of a template. Throws if it contains anything else: raw output, partials, other helpers. */
export function compile(source: string): Template {
  const program = handlebars.parse(source)
  tame(program)
  const render = handlebars.compile(program, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    preventIndent: true,
    data: false,
  })
  const options = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }
  return (view) => render(view, options)
}

/** Turns every `{{path}}` into `{{place path}}`, and refuses every other kind of statement. */
function tame(program: hbs.AST.Program): void {
  for (const statement of program.body) {
    if (statement.type === 'MustacheStatement') {
      const mustache = statement as hbs.AST.MustacheStatement
      if (!mustache.escaped || mustache.params.length > 0 || mustache.hash !== undefined) throw refused(statement)
      mustache.params = [mustache.path]
      mustache.path = { ...(handlebars.parse('{{place}}').body[0] as hbs.AST.MustacheStatement).path }
    } else if (statement.type === 'BlockStatement') {
      const block = statement as hbs.AST.BlockStatement
      if (!['if', 'unless', 'each'].includes(block.path.original) || block.params.length !== 1) throw refused(statement)
      tame(block.program)
      if (block.inverse !== undefined) tame(block.inverse)
    } else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
      throw refused(statement)
    }
  }
}

function refused(statement: hbs.AST.Statement): Error {
  return new Error(`a template may not use this ${statement.type}, line ${statement.loc.start.line}`)
}

function decided(value: unknown): boolean {
  if (value === true || isCode(value)) return true
  if (value === false || value === null) return false
  throw new TypeError('{{#if}} and {{#unless}} need true, false, null or Code')
}
