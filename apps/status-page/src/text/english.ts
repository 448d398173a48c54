import { speakIn } from './catalogues.ts'

// What speaks before any page has set its language speaks English.
speakIn('en')
