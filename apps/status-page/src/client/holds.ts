import { type ComponentChild, type FunctionComponent, isValidElement, render, type VNode } from 'preact'

/** Attributes that go by another name in components. */
const attributeNames: Readonly<Record<string, string>> = { dateTime: 'datetime' }

/**
 * Whether an element has just the content that components would give it, as it has when the server wrote the same. Words
 * of moments are passed over, since they age. For components without state only.
 */
export function holds(parent: Element, content: ComponentChild): boolean {
  const children = walker(parent)
  return children.meet(content) && children.done()
}

/** Goes along the children of an element, told what they should be. */
function walker(parent: Element) {
  let node = parent.firstChild
  /** Pieces of text that follow one another are one node. */
  let text = ''

  function textMet(): boolean {
    if (text === '') return true
    const met = node instanceof Text && node.data === text
    text = ''
    node = node?.nextSibling ?? null
    return met
  }

  function elementMet(type: string, props: object): boolean {
    if (!textMet()) return false
    const element = node
    node = node?.nextSibling ?? null
    if (!(element instanceof Element) || element.localName !== type) return false
    const { children, ...attributes }: { children?: ComponentChild } & Record<string, unknown> = { ...props }
    return attributesMet(element, attributes) && (type === 'time' || holds(element, children))
  }

  function meet(content: ComponentChild): boolean {
    if (Array.isArray(content)) return content.every(meet)
    if (isValidElement(content)) {
      const { type, props }: VNode = content
      if (typeof type === 'string') return elementMet(type, props)
      return isFunction(type) && meet(type(props))
    }
    if (typeof content === 'string' || typeof content === 'number') text += content
    return true
  }

  return { meet, done: () => textMet() && node === null }
}

/** Ours are all functions, and so is that of a fragment. */
const isFunction = (type: VNode['type']): type is FunctionComponent => typeof type === 'function'

function attributesMet(element: Element, attributes: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(attributes).every(([name, value]) => {
    const found = element.getAttribute(attributeNames[name] ?? name)
    return value === undefined || value === false ? found === null : found === (value === true ? '' : String(value))
  })
}

/** Elements whose content is known to its components, so no longer what the server wrote. */
const rendered = new WeakSet<Element>()

export const isRendered = (element: Element): boolean => rendered.has(element)

/** Renders, unless the server wrote the same. */
export function show(content: VNode, parent: Element): void {
  if (!rendered.has(parent) && parent.hasChildNodes() && holds(parent, content)) return
  rendered.add(parent)
  render(content, parent)
}
