/**
 * Loaded into the monitor before anything else, in all its threads: the hosts of a company that does not exist are on
 * this machine, and the clock may stand elsewhere. So the demo needs neither internet nor changes to the monitor.
 */
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
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

/** Who looks a name up before connecting is given an address of this machine that stands for the name. */
const hosts = new Map<string, string>()

function addressOf(host: string): string {
  for (const [address, known] of hosts) if (known === host) return address
  const number = hosts.size + 1
  const address = `127.77.${number >> 8}.${number & 255}`
  hosts.set(address, host)
  return address
}

function here(address: Address): Address {
  const host = hosts.get(address.host ?? '') ?? address.host
  if (host?.endsWith(domain) !== true) return address
  const port = ports[`${host}:${address.port}`] ?? ports[`*:${address.port}`]
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

const lookup = dns.lookup

const lookupHere = (host: string, ...rest: unknown[]) =>
  Reflect.apply(lookup, dns, [host.endsWith(domain) ? addressOf(host) : host, ...rest])

Object.assign(dns, { lookup: lookupHere })
syncBuiltinESMExports()

const shiftMs = Number(process.env.VEDETTE_DEMO_SHIFT_MS ?? 0)

if (shiftMs !== 0) {
  const RealDate = Date
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now() + shiftMs] : args, newTarget),
    get: (target, name) => (name === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, name)),
  })
}
