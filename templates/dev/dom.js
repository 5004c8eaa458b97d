/**
 * Makes an element. Text is always a text node, so that no value becomes markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} attributes `on`: listeners by event; `false` and `null` leave an attribute out
 * @param {...(Node | string | number | null | undefined | false | unknown[])} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener)
    else if (name === 'value') element.value = value
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

export function chip(text, kind = '') {
  return h('span', { class: `chip ${kind}` }, text)
}

/** The HTTP method, in its colour. */
export function method(name) {
  return h('span', { class: `method ${name.toLowerCase()}` }, name)
}

export function statusChip(status) {
  return h('span', { class: `status s${Math.floor(status / 100)}` }, status)
}

/** A button that copies a text. */
export function copy(text, label) {
  const button = h(
    'button',
    { class: 'copy', type: 'button', 'aria-label': `Copy ${label}`, title: `Copy ${label}` },
    'Copy',
  )
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text)
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1200)
  })
  return button
}

/** JSON text with line breaks; other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/**
 * Tabs: a list of buttons and the panel of the chosen one, which is made when it is shown.
 *
 * @param {string} label
 * @param {{ name: string, panel: () => Node }[]} all
 */
export function tabs(label, all) {
  const panel = h('div', { role: 'tabpanel', class: 'panel', tabindex: '0' })
  const buttons = all.map(({ name }, index) =>
    h(
      'button',
      { type: 'button', role: 'tab', on: { click: () => choose(index), keydown: (event) => move(event, index) } },
      name,
    ),
  )
  const choose = (chosen) => {
    for (const [index, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(index === chosen))
      button.tabIndex = index === chosen ? 0 : -1
    }
    panel.setAttribute('aria-label', all[chosen].name)
    panel.replaceChildren(all[chosen].panel())
  }
  const move = (event, index) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = (index + step + all.length) % all.length
    choose(next)
    buttons[next].focus()
  }
  choose(0)
  return h('div', { class: 'tabs' }, h('div', { role: 'tablist', 'aria-label': label }, buttons), panel)
}
