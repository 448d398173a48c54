// Loaded into the monitor before anything else: its wall clock differs from the machine's by what a file says. The
// monotonic clock goes on as it does when somebody sets the time.
import { readFileSync } from 'node:fs'

const file = process.env.TORTURE_CLOCK_FILE
const RealDate = Date
let offset = 0

const read = () => {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0
  } catch {
    // Being written at the moment.
  }
}

if (file !== undefined) {
  read()
  setInterval(read, 50).unref()
  const now = () => RealDate.now() + offset
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: (target) => new target(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}
