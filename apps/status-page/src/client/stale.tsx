import { render } from 'preact'
import { StaleNotice } from '../components/Notices.tsx'
import styles from '../styles/notices.css?inline'
import { adopt } from './page.ts'
import { ageTimes, serverNow } from './times.ts'

export function showStale(notices: HTMLElement, newestAt: number | undefined): void {
  adopt(styles)
  render(newestAt === undefined ? null : <StaleNotice newestAt={newestAt} now={serverNow()} />, notices)
  ageTimes()
}
