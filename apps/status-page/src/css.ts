import bar from './styles/bar.css?inline'
import base from './styles/base.css?inline'
import chart from './styles/chart.css?inline'
import chrome from './styles/chrome.css?inline'
import controls from './styles/controls.css?inline'
import detail from './styles/detail.css?inline'
import list from './styles/list.css?inline'
import narrow from './styles/narrow.css?inline'
import overlay from './styles/overlay.css?inline'
import tokens from './styles/tokens.css?inline'

/** The style sheet of every page, in the order of the cascade: what adapts to the reader comes last. */
export const css = [tokens, base, chrome, controls, list, bar, detail, chart, overlay, narrow].join('')
