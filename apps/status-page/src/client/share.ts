/** Closes the menu of things to share when somebody turns to something else. */
export function watchShare(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
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
