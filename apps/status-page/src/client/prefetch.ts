import { main } from './page.ts'

const restMs = 80

/** Gets the page behind a row or a tile while the reader is still about to follow its link. */
export function watchLinks(): void {
  let resting = 0
  let over: HTMLAnchorElement | undefined
  main.addEventListener('pointermove', ({ target, pointerType }) => {
    const link = pointerType === 'touch' ? undefined : linkOf(target)
    if (link === over) return
    over = link
    clearTimeout(resting)
    if (link !== undefined) resting = window.setTimeout(() => prefetch(link), restMs)
  })
  main.addEventListener('pointerdown', ({ target }) => {
    const link = linkOf(target)
    if (link !== undefined) prefetch(link)
  })
  main.addEventListener('click', ({ target }) => {
    const link = linkOf(target)
    if (link !== undefined) carryOver(link)
  })
}

const linkOf = (target: EventTarget | null): HTMLAnchorElement | undefined =>
  (target instanceof Element && target.closest('li.row, li.tile')?.querySelector('a')) || undefined

function prefetch({ href }: HTMLAnchorElement): void {
  const sparing = 'connection' in navigator && Reflect.get(Object(navigator.connection), 'saveData') === true
  const known = [...document.querySelectorAll<HTMLLinkElement>('link[rel=prefetch]')].some((link) => link.href === href)
  if (sparing || known) return
  const link = document.createElement('link')
  link.rel = 'prefetch'
  link.href = href
  document.head.append(link)
}

/** The name and the icon that become those of the next page, where browsers move one into the other. */
function carryOver(link: HTMLAnchorElement): void {
  for (const named of document.querySelectorAll('.to-name, .to-icon')) named.classList.remove('to-name', 'to-icon')
  const item = link.closest('li')
  item?.querySelector('bdi')?.classList.add('to-name')
  item?.querySelector('.ic')?.classList.add('to-icon')
}
