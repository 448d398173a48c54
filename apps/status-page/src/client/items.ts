export const keyOf = (item: Element): string => item.getAttribute('data-k') ?? ''

/** Every place of the page where an endpoint stands. */
export const itemsOf = (key: string): NodeListOf<HTMLElement> =>
  document.querySelectorAll<HTMLElement>(`li[data-k="${CSS.escape(key)}"]`)
