import { needTexts } from './texts.ts'

type Tooltip = typeof import('./tooltip.ts')

let loading: Promise<Tooltip> | undefined

/** The tooltip, loaded when something first needs it. What was asked of it meanwhile is done in order. */
export function needTooltip(): Promise<Tooltip> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<Tooltip> {
  await needTexts()
  return import('./tooltip.ts')
}
