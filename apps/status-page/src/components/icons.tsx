import type { State } from '../contract.ts'
import type { IconName } from './sprite.ts'

export function Icon({ name, class: extra }: { name: IconName; class?: string | undefined }) {
  return (
    <svg class={extra === undefined ? 'ic' : `ic ${extra}`} aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  )
}

export function StateIcon({ state, stale = false, big = false }: { state: State; stale?: boolean; big?: boolean }) {
  return <Icon name={state} class={`s-${state}${stale ? ' stale' : ''}${big ? ' big' : ''}`} />
}
