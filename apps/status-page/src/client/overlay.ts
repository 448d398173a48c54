import overlay from '../styles/overlay.css?inline'

// What lies over the page needs a script, so its styles come with one: the document stays smaller.
const sheet = new CSSStyleSheet()
sheet.replaceSync(overlay)
document.adoptedStyleSheets.push(sheet)
