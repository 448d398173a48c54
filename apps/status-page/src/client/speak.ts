import { byId } from './page.ts'

/** Puts a text into the one region that is read out. */
export function speak(text: string): void {
  const region = byId('said')
  if (region !== null) region.textContent = text
}
