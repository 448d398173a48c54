import type { EndpointModel } from '../contract.ts'
import { bucketTime, medianText } from '../model/buckets.ts'
import { latencyText } from '../model/numbers.ts'
import { say } from '../text/say.ts'
import { byId } from './page.ts'
import { serverNow } from './times.ts'

/** A line under the pointer, and what the chart says there. */
export function watchChart(needModel: () => Promise<EndpointModel>): void {
  const section = byId('detail')
  let x = 0
  section?.addEventListener('pointermove', (event) => {
    const chart = event.target instanceof Element ? event.target.closest<SVGElement>('#chart') : null
    if (chart === null) return clear()
    const box = chart.getBoundingClientRect()
    x = (event.clientX - box.left) / box.width
    needModel().then(
      (model) => draw(model, x),
      () => {},
    )
  })
  section?.addEventListener('pointerleave', clear)
}

function draw(model: EndpointModel, x: number): void {
  const line = document.querySelector('#chart .cross')
  const bucket = model.chart[Math.min(Math.floor(x * model.chart.length), model.chart.length - 1)]
  const reading = byId('reading')
  if (line === null || bucket === undefined || reading === null) return
  line.removeAttribute('hidden')
  line.setAttribute('d', `M${Math.round(x * 960)} 0v240`)
  const values =
    bucket.p50Ms === undefined
      ? say('detail.nochecks')
      : `${medianText(bucket.p50Ms)} · ${say('detail.p95.value', { value: latencyText(bucket.p95Ms) })}`
  reading.textContent = `${say('time.utc', { time: bucketTime(bucket, serverNow()) })} · ${values}`
}

function clear(): void {
  document.querySelector('#chart .cross')?.setAttribute('hidden', '')
  const reading = byId('reading')
  if (reading !== null) reading.textContent = ''
}
