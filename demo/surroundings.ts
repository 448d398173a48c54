/**
 * Loaded into the monitor before anything else, in all its threads: the hosts of a company that does not exist are on
 * this machine, and the clock may stand elsewhere. So the demo needs neither internet nor changes to the monitor.
 */
import { Socket } from 'node:net'

/** `host:port` or `*:port` of what is asked for, and the port of this machine that answers. */
const ports: Readonly<Record<string, number>> = JSON.parse(process.env.VEDETTE_DEMO_PORTS ?? '{}')
const domain = '.acme.example'

interface Address {
  readonly host?: string
  readonly port?: number | string
}

const isAddress = (value: unknown): value is Address =>
  typeof value === 'object' && value !== null && 'port' in value && 'host' in value

function here(address: Address): Address {
  if (address.host?.endsWith(domain) !== true) return address
  const port = ports[`${address.host}:${address.port}`] ?? ports[`*:${address.port}`]
  // Nobody listens on port 1.
  return { ...address, host: '127.0.0.1', port: port ?? 1 }
}

const connect = Socket.prototype.connect

Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const [first] = args
  // `net.connect` hands on its arguments in one array, which it recognises later.
  if (Array.isArray(first) && isAddress(first[0])) first[0] = here(first[0])
  else if (isAddress(first)) args[0] = here(first)
  return Reflect.apply(connect, this, args)
}

const shiftMs = Number(process.env.VEDETTE_DEMO_SHIFT_MS ?? 0)

if (shiftMs !== 0) {
  const RealDate = Date
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now() + shiftMs] : args, newTarget),
    get: (target, name) => (name === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, name)),
  })
}
