import { languages } from '../text/languages.ts'
import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'

export const themes = ['system', 'light', 'dark'] as const
const zones = ['own', 'utc'] as const

interface Props {
  readonly theme: (typeof themes)[number]
  readonly zone: (typeof zones)[number]
  readonly language: string
  readonly shortcuts: boolean
}

export function SettingsMenu({ theme, zone, language, shortcuts }: Props) {
  return (
    <>
      <fieldset>
        <legend>{say('settings.theme')}</legend>
        {themes.map((choice) => (
          <label key={choice}>
            <input type="radio" name="theme" value={choice} checked={choice === theme} />
            {say(`settings.theme.${choice}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('settings.zone')}</legend>
        {zones.map((choice) => (
          <label key={choice}>
            <input type="radio" name="zone" value={choice} checked={choice === zone} />
            {say(`settings.zone.${choice}`)}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{say('settings.language')}</legend>
        <span class="field select">
          <select name="lang" aria-label={say('settings.language')}>
            {languages.map(({ code, name }) => (
              <option key={code} value={code} lang={code} selected={code === language}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="chevron" />
        </span>
      </fieldset>
      <label>
        <input type="checkbox" name="shortcuts" checked={shortcuts} />
        {say('settings.shortcuts')}
      </label>
      <button type="button" data-do="help">
        {say('settings.help')}{' '}
        <span class="kbd" aria-hidden="true">
          ?
        </span>
      </button>
    </>
  )
}
