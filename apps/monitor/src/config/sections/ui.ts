import { z } from 'zod'
import type { UiSettings } from '../../domain/config.ts'
import { themeNames } from '../../domain/theme.ts'
import { flag, oneOf, text, textList } from '../../lib/fields.ts'
import type { Spot } from '../spot.ts'
import { readColours, themeSchema } from './theme.ts'

const faviconSchema = z
  .strictObject({
    default: text({ fallback: '/favicon.ico' }).describe('Address of the icon.'),
    size16x16: text({ fallback: '/favicon-16x16.png' }).describe('The same, 16 by 16 pixels.'),
    size32x32: text({ fallback: '/favicon-32x32.png' }).describe('The same, 32 by 32 pixels.'),
  })
  .describe('Icon of the page.')

export const uiSchema = z
  .strictObject({
    title: text({ fallback: 'Status | Vedette' }).describe('Title of the document.'),
    description: text({
      fallback: 'What is up and what is down, watched by Vedette, a self-hosted monitor.',
    }).describe('Description of the page, for search engines and previews.'),
    header: text({ fallback: 'Vedette' }).describe('Name at the top of the page.'),
    'dashboard-heading': text({ fallback: 'Status' }).describe('Heading above the endpoints.'),
    'dashboard-subheading': text({ fallback: 'What is up, and what is not' }).describe('Line below the heading.'),
    logo: text({ fallback: '' }).describe('Address of an image at the top of the page.'),
    'logo-dark': text({ fallback: '' }).describe('The same for the dark theme.'),
    link: text({ fallback: '' }).describe('Where the logo leads.'),
    'custom-css': text({ fallback: '' }).describe('CSS, loaded after our own.'),
    'dark-mode': flag({ fallback: true }).describe(
      '`false` is `default-theme: light`; `true` leaves it to `default-theme`.',
    ),
    'default-theme': oneOf(['system', 'light', 'dark'], {
      fallback: 'system',
      message: "invalid default-theme value: must be 'system', 'light', or 'dark'",
    }).describe('Theme, until the visitor chooses. `system` follows the device.'),
    'default-range': oneOf(['auto', 'checks', '24h', '7d', '30d', '90d'], {
      fallback: 'auto',
      message: "invalid default-range value: must be 'auto', 'checks', '24h', '7d', '30d', or '90d'",
    }).describe('Time that the bars show, until the visitor chooses. `auto` is `24h` in the first week, then `90d`.'),
    theme: themeSchema.optional(),
    'default-sort-by': oneOf(['name', 'group', 'health'], {
      fallback: 'name',
      message: "invalid default-sort-by value: must be 'name', 'group', or 'health'",
    }).describe(
      'Order of the endpoints, until the visitor chooses: in one list by name or with what is down first, or in their groups as configured, as they also are when nothing is set.',
    ),
    'default-filter-by': oneOf(['none', 'failing', 'unstable'], {
      fallback: 'none',
      message: "invalid default-filter-by value: must be 'none', 'failing', or 'unstable'",
    }).describe('Which endpoints are listed, until the visitor chooses.'),
    'default-view': oneOf(['auto', 'list', 'compact', 'wall'], {
      fallback: 'auto',
      message: "invalid default-view value: must be 'auto', 'list', 'compact', or 'wall'",
    }).describe('How they are listed, until the visitor chooses. `auto` is `list` up to 60 endpoints, then `compact`.'),
    'group-order': textList()
      .prefault([])
      .describe('Groups to show first, in this order. The others follow as configured.'),
    'open-groups': oneOf(['auto', 'all', 'failing'], {
      fallback: 'auto',
      message: "invalid open-groups value: must be 'auto', 'all', or 'failing'",
    }).describe(
      'Which groups are open, until the visitor chooses. `failing` are those with something down, as many as 300 rows fill; `auto` is `all` up to 60 endpoints, then `failing`.',
    ),
    'login-subtitle': text({ fallback: 'Sign in to see the status' }).describe('Line on the sign-in page.'),
    favicon: faviconSchema.optional(),
    buttons: z
      .array(
        z.strictObject({
          name: text({ fallback: '' }).describe('Text of the button.'),
          link: text({ fallback: '' }).describe('Where it leads.'),
        }),
      )
      .prefault([])
      .describe('Buttons at the top of the page.'),
  })
  .describe('How the page looks.')

export function readUi(spot: Spot): UiSettings {
  const settings = spot.readSection(uiSchema, ['favicon', 'theme'])
  for (const [index, { name, link }] of settings.buttons.entries()) {
    if (name !== '' && link !== '') continue
    spot.at('buttons').at(index).error('invalid button configuration: missing required name or link')
  }
  return {
    title: settings.title,
    description: settings.description,
    header: settings.header,
    dashboardHeading: settings['dashboard-heading'],
    dashboardSubheading: settings['dashboard-subheading'],
    logo: settings.logo,
    logoDark: settings['logo-dark'],
    link: settings.link,
    customCss: settings['custom-css'],
    darkMode: settings['dark-mode'],
    defaultTheme: settings['dark-mode'] ? settings['default-theme'] : 'light',
    defaultRange: settings['default-range'],
    theme: readTheme(spot.at('theme')),
    defaultSortBy: settings['default-sort-by'],
    sortBy: spot.at('default-sort-by').present ? settings['default-sort-by'] : 'group',
    defaultFilterBy: settings['default-filter-by'],
    defaultView: settings['default-view'],
    groupOrder: settings['group-order'],
    openGroups: settings['open-groups'],
    loginSubtitle: settings['login-subtitle'],
    favicon: spot.at('favicon').readSection(faviconSchema),
    buttons: settings.buttons,
  }
}

function readTheme(spot: Spot): UiSettings['theme'] {
  const settings = spot.read(themeSchema, [...themeNames])
  if (settings === undefined) return { light: {}, dark: {} }
  return { light: readColours(spot.at('light'), 'light'), dark: readColours(spot.at('dark'), 'dark') }
}
