import { render } from 'preact'
import { StaleNotice } from '../components/Notices.tsx'
import { ageTimes, serverNow } from './times.ts'

export function showStale(notices: HTMLElement, newestAt: number | undefined): void {
  render(newestAt === undefined ? null : <StaleNotice newestAt={newestAt} now={serverNow()} />, notices)
  ageTimes()
}
