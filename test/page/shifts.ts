import type { Page } from 'playwright-core'

/** Has the next document of a page remember its layout shifts. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const sources: unknown = 'sources' in entry ? entry.sources : []
        const nodes = Array.isArray(sources)
          ? sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.data)
          : []
        shifts.push(`${'value' in entry ? entry.value : ''} ${nodes.join(' | ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** Every layout shift since the document began, with what moved. */
export const shiftsOf = (page: Page): Promise<unknown> =>
  page.evaluate(() => ('shifts' in window ? window.shifts : 'unknown'))
