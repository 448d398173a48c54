import overlay from '../styles/overlay.css?inline'
import { adopt } from './page.ts'

// What lies over the page needs a script, so its styles come with one: the document stays smaller.
adopt(overlay)
