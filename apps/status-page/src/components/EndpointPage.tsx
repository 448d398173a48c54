import type { EndpointModel } from '../contract.ts'
import type { View } from '../model/view.ts'
import type { Frame } from './frame.ts'
import { RowBody } from './Row.tsx'

export function EndpointPage({ model, frame }: { model: EndpointModel; view: View; frame: Frame }) {
  return (
    <>
      <h1>{model.row.name}</h1>
      <ul class="rows card">
        <li class="row">
          <RowBody row={model.row} frame={frame} alone />
        </li>
      </ul>
    </>
  )
}
