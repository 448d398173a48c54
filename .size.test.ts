import { gzipSync, brotliCompressSync, constants } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { few, many, now, overview } from './test/page/fixtures.ts'
import { overviewCss } from './apps/status-page/src/css.ts'
import { sprite } from './apps/status-page/src/components/sprite.ts'
import { createRenderer, type Site } from './apps/status-page/src/server.tsx'
import { languages } from './apps/status-page/src/text/languages.ts'
const gz = (t: string, level = 9) => gzipSync(t, { level }).length
const br = (t: string) => brotliCompressSync(t, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length
const site: Site = { title: 'Acme status', description: '', header: '', heading: '', subheading: '', logo: '', link: '', buttons: [], favicon: { default: '', size16x16: '', size32x32: '' }, customCss: false, basePath: '', version: '0', build: '0' }
test('sizes', () => {
  const { overview: render } = createRenderer(site, { script: 'assets/boot-12345678.js' })
  const out: string[] = []
  for (const { code } of languages) {
    const page = render(overview(few, { now }), { query: new URLSearchParams(), language: code })
    const isl = /<script id="texts".*?<\/script>/.exec(page)?.[0] ?? ''
    out.push(`${code} gz9 ${gz(page)} gz6 ${gz(page, 6)} br ${br(page)} raw ${page.length} | without: island ${gz(page) - gz(page.replace(isl, ''))} (${isl.length}) lang ${gz(page) - gz(page.replace(/<nav class="languages".*?<\/nav>/, ''))} noscript`)
  }
  const page = render(overview(few, { now }), { query: new URLSearchParams() })
  const less = (name: string, re: RegExp | string) => out.push(`${name}: ${gz(page) - gz(page.replace(re, ''))}`)
  less('css', overviewCss); less('sprite', sprite); less('favicon', /<link rel="icon".*?>/); less('list', /<div id="list".*<\/details><\/div>/); less('tools', /<search class="tools">.*?<\/search>/); less('header', /<header>.*?<\/header>/); less('footer', /<footer>.*?<\/footer>/); less('vh sentences', /<span class="vh">Last.*?<\/span>/g); less('data-h', / data-h="[^"]*"/g); less('data-k', / data-k="[^"]*"/g); less('svg bars', /<svg class="bar.*?<\/svg>/g); less('attention', /<section id="attention".*?<\/section>/); less('meta', /<meta.*?>/g); less('aria-hidden', / aria-hidden="true"/g); less('title', / title="[^"]*"/g); less('hrefs', / href="[^"]*"/g)
  out.push(`css raw ${overviewCss.length} gz ${gz(overviewCss)}; 60: ${gz(render(overview(many(60), { now }), { query: new URLSearchParams() }))}`)
  console.log(out.join('\n'))

  writeFileSync('/tmp/page12.html', render(overview(few, { now }), { query: new URLSearchParams() }))
})
