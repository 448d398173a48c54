/** Copy buttons, and the menu of things to share. */
export function watchShare(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const button = target.closest<HTMLElement>('[data-copy]')
    if (button !== null) void import('./copy.ts').then(({ copy }) => copy(button))
    const menu = openMenu()
    if (menu !== null && target.closest('details.share') === null) menu.open = false
  })
  document.addEventListener('keydown', ({ key }) => {
    const menu = openMenu()
    if (key !== 'Escape' || menu === null) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
}

const openMenu = (): HTMLDetailsElement | null => document.querySelector('details.share[open]')
