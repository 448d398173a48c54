import bar from './styles/bar.css?inline'
import base from './styles/base.css?inline'
import chart from './styles/chart.css?inline'
import chrome from './styles/chrome.css?inline'
import controls from './styles/controls.css?inline'
import detail from './styles/detail.css?inline'
import embed from './styles/embed.css?inline'
import eyebrow from './styles/eyebrow.css?inline'
import lately from './styles/lately.css?inline'
import list from './styles/list.css?inline'
import narrow from './styles/narrow.css?inline'
import narrowDetail from './styles/narrow-detail.css?inline'
import notices from './styles/notices.css?inline'
import overlay from './styles/overlay.css?inline'
import panel from './styles/panel.css?inline'
import past from './styles/past.css?inline'
import share from './styles/share.css?inline'
import tokens from './styles/tokens.css?inline'
import wall from './styles/wall.css?inline'
import words from './styles/words.css?inline'

/** Without comments and needless space. Not a parser: our strings hold neither comments nor `{};,`. */
const squeezed = (...sheets: readonly string[]): string =>
  sheets
    .join('')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>!]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/ \/ /g, '/')
    .replace(/#(\w)\1(\w)\2(\w)\3\b/g, '#$1$2$3')
    .replace(/="([a-z]\w*)"/g, '=$1')
    .replace(/([ :,(-])0\./g, '$1.')
    .replaceAll(';}', '}')

/** Rules without those that are for a class; of lists of selectors, what is left. Lists in parentheses stay whole. */
const withoutClasses = (css: string, classes: RegExp): string =>
  css.replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selectors: string, declarations: string) => {
    const kept = selectors.includes('(') ? [selectors] : selectors.split(',').filter((one) => !classes.test(one))
    return kept.length === 0
      ? ''
      : kept.length < selectors.split(',').length
        ? `${kept.join(',')}{${declarations}}`
        : rule
  })

/** Without the tokens that neither it nor what may be added to it asks for. */
function withoutUnused(css: string, ...added: readonly string[]): string {
  const asked = new Set([css, ...added].join('').match(/(?<=var\()--[\w-]+/g))
  return css.replace(/(--[\w-]+):[^;}]*;?/g, (token, name: string) => (asked.has(name) ? token : ''))
}

// In the order of the cascade: what adapts to the reader comes last.
const common = [tokens, base, words, chrome, controls]

export const overviewCss = squeezed(...common, list, bar, narrow)
export const wallCss = squeezed(...common, list, bar, narrow, wall)
/** What goes with these where something is told above the answer, around it, below the list, or instead of a list. */
export const eyebrowCss = squeezed(eyebrow)
export const noticesCss = squeezed(notices)
export const latelyCss = squeezed(lately)
export const panelCss = squeezed(panel)
/** For named groups of few endpoints in full height, of which there is at least one, and nothing else. */
export const listCss = withoutUnused(
  withoutClasses(overviewCss, /\.(compact|strip|fold|bare)\b|summary.*\.num|section/),
  eyebrowCss,
  noticesCss,
  latelyCss,
  panelCss,
  overlay,
)
export const detailCss = squeezed(...common, notices, panel, bar, detail, chart, share, narrow, narrowDetail)
export const pastCss = squeezed(...common, notices, panel, bar, detail, share, past, narrow, narrowDetail)
export const embedCss = squeezed(embed)
