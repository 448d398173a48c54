// Draws the picture that others may show beside a link to a status page: node scripts/draw-card.js
// It is the same whatever the status is, and tells none.
// Its name is kept by browsers for a year: another picture needs another name.
import { fileURLToPath } from 'node:url'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const size = { width: 1200, height: 630 }
const down = [17, 18, 37]
const bar = (i) => {
  const x = 140 + i * 20
  if (!down.includes(i)) return `<path fill="#2a9d7c" d="M${x} 380h14v90h-14z"/>`
  return `<path fill="#2a9d7c" d="M${x} 380h14v45h-14z"/><path fill="#b3121f" d="M${x} 425h14v45h-14zM${x} 478h14v8h-14z"/>`
}
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
<path fill="#f6f7f9" d="M0 0h1200v630H0z"/>
<rect x="80" y="80" width="1040" height="470" rx="24" fill="#fff" stroke="#dde1e8" stroke-width="2"/>
<rect x="140" y="160" width="560" height="48" rx="24" fill="#12161c"/>
<rect x="140" y="244" width="360" height="28" rx="14" fill="#7c8695"/>
${Array.from({ length: 46 }, (_, i) => bar(i)).join('')}
</svg>`

const browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: size })
await page.setContent(`<body style="margin:0">${svg}`)
await page.screenshot({
  path: fileURLToPath(new URL('../apps/status-page/public/assets/card-1.png', import.meta.url)),
})
await browser.close()
