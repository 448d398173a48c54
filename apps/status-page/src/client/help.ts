import { say, type TextKey } from '../text/say.ts'
import { needTexts } from './texts.ts'

const keys: readonly (readonly [keys: readonly string[], text: TextKey])[] = [
  [['/'], 'help.search'],
  [['j', 'k', '↓', '↑'], 'help.rows'],
  [['←', '→'], 'help.bars'],
  [['Shift ←', 'Shift →'], 'help.problems'],
  [['Home', 'End'], 'help.ends'],
  [['Enter'], 'help.open'],
  [['o'], 'help.group'],
  [['Shift O'], 'help.expand'],
  [['1', '…', '5'], 'help.range'],
  [['f'], 'help.filter'],
  [['v'], 'help.view'],
  [['t'], 'help.theme'],
  [['g s'], 'help.home'],
  [['g h'], 'nav.history'],
  [['Esc'], 'help.esc'],
  [['?'], 'help.help'],
]

let dialog: HTMLDialogElement | undefined

export async function showHelp(): Promise<void> {
  await needTexts()
  dialog ??= build()
  if (!dialog.open) dialog.showModal()
}

function build(): HTMLDialogElement {
  const made = document.createElement('dialog')
  made.className = 'help'
  made.setAttribute('aria-labelledby', 'help-title')
  const title = document.createElement('h2')
  title.id = 'help-title'
  title.textContent = say('help.title')
  const close = document.createElement('button')
  close.textContent = say('help.close')
  close.addEventListener('click', () => made.close())
  const list = document.createElement('dl')
  for (const [names, text] of keys) list.append(entry(names, text))
  made.append(title, list, close)
  made.addEventListener('click', (event) => {
    if (event.target === made) made.close()
  })
  document.body.append(made)
  return made
}

function entry(names: readonly string[], text: TextKey): HTMLElement {
  const row = document.createElement('div')
  const term = document.createElement('dt')
  for (const name of names) {
    const key = document.createElement('kbd')
    key.textContent = name
    term.append(key)
  }
  const meaning = document.createElement('dd')
  meaning.textContent = say(text)
  row.append(term, meaning)
  return row
}
