import { say } from '../text/say.ts'
import type { Frame } from './frame.ts'

export function NoMatch({ search, frame }: { search: string; frame: Frame }) {
  return (
    <section class="card panel nomatch">
      <p>{search === '' ? say('empty.nofilter') : say('empty.nomatch', { query: search })}</p>
      <a class="button" href={frame.links.home({ range: frame.range, filter: 'all' })} data-clear>
        {say('empty.clear')}
      </a>
    </section>
  )
}
