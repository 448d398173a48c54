import { type Counts, countOf } from '../model/states.ts'
import { densities, densityOf, filters, ranges, sorts, type View, viewParams } from '../model/view.ts'
import { formatNumber, say } from '../text/say.ts'
import type { Frame } from './frame.ts'
import { Icon } from './icons.tsx'

interface Props {
  readonly frame: Frame
  readonly view: View
  readonly counts: Counts
}

/** Everything here is a link or part of one GET form, so it works without a script. */
export function Tools({ frame, view, counts }: Props) {
  const kept = viewParams({ range: view.range, filter: view.filter, density: view.density }, frame.links.defaults)
  return (
    <search class="tools">
      <form action={frame.links.home()} method="get" class="seek">
        <span class="field">
          <Icon name="search" />
          <input
            type="search"
            name="q"
            value={view.search}
            placeholder={say('tools.search.short')}
            aria-label={say('tools.search', { n: counts.all })}
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
          />
          <span class="kbd js-only" aria-hidden="true">
            /
          </span>
        </span>
        <span class="field select">
          <select name="sort" aria-label={say('sort')}>
            {sorts.map((sort) => (
              <option key={sort} value={sort} selected={sort === view.sort}>
                {say(`sort.${sort}`)}
              </option>
            ))}
          </select>
          <Icon name="chevron" />
        </span>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <noscript>
          <button type="submit">{say('tools.apply')}</button>
        </noscript>
      </form>
      <DensityLinks frame={frame} view={view} total={counts.all} />
      <nav class="chips" aria-label={say('tools.filter')}>
        <Chips frame={frame} view={view} counts={counts} />
      </nav>
      <RangeLinks frame={frame} href={(range) => frame.links.home({ ...view, range })} />
    </search>
  )
}

/** The filters, each with what it lets through. Those of states that nothing is in are left out. */
export function Chips({ frame, view, counts }: Props) {
  const shown = filters.filter(
    (filter) => filter === 'all' || filter === 'down' || filter === view.filter || countOf(counts, filter) > 0,
  )
  return (
    <>
      {shown.map((filter) => (
        <a
          key={filter}
          href={frame.links.home({ ...view, filter })}
          data-f={filter}
          aria-current={filter === view.filter ? 'true' : undefined}
        >
          {say(`filter.${filter}`)} <b>{formatNumber(countOf(counts, filter))}</b>
        </a>
      ))}
    </>
  )
}

function DensityLinks({ frame, view, total }: Omit<Props, 'counts'> & { total: number }) {
  return (
    <nav class="seg density" aria-label={say('view')}>
      {densities.map((density) => (
        <a
          key={density}
          href={frame.links.home({ ...view, density })}
          aria-current={density === densityOf(view, total) ? 'true' : undefined}
          aria-label={say(`view.${density}`)}
          title={say(`view.${density}`)}
        >
          <Icon name={density} />
        </a>
      ))}
    </nav>
  )
}

interface RangeProps {
  readonly frame: Frame
  readonly href: (range: (typeof ranges)[number]) => string
}

export function RangeLinks({ frame, href }: RangeProps) {
  return (
    <nav class="seg range" aria-label={say('range')}>
      {ranges.map((range) => (
        <a key={range} href={href(range)} data-r={range} aria-current={range === frame.range ? 'true' : undefined}>
          {say(`range.${range}`)}
        </a>
      ))}
    </nav>
  )
}
