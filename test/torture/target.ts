// Many endpoints in a process of their own. Each answer has a status by which it can be told from those before and after
// it, and is remembered until it is asked for. Some endpoints fail for a while, now and then.
import { createServer } from 'node:http'
import { createRandom } from '../simulate/random.ts'
import { type Answers, isFailing, pulsePath, type TargetSettings, targetMessage } from './target-messages.ts'

const settings: TargetSettings = JSON.parse(process.argv[2] ?? '{}')
const random = createRandom(settings.seed)

interface Endpoint {
  count: number
  failing: boolean
  changesAt: number
}

const body = JSON.stringify({ status: 'UP', version: '1.2.3' })
const endpoints: Endpoint[] = Array.from({ length: settings.endpoints }, () => ({
  count: 0,
  failing: false,
  changesAt: 0,
}))
let phase: 'unsteady' | 'calm' | 'rest' = 'unsteady'
let pulse: 'up' | 'down' = 'up'
let answers: Answers = { endpoints: [], statuses: [], times: [] }
let open = 0
let onQuiet = () => {}

const mood = (index: number, endpoint: Endpoint, now: number): boolean => {
  if (phase !== 'unsteady' || index >= settings.unsteady) return false
  if (now >= endpoint.changesAt) {
    if (endpoint.changesAt > 0) endpoint.failing = !endpoint.failing
    endpoint.changesAt = now + random.between(1_500, 8_000)
  }
  return endpoint.failing
}

const beat = () => {
  pulse = phase === 'calm' && pulse === 'up' ? 'down' : 'up'
  return pulse === 'up' ? 200 : isFailing.from
}

const server = createServer((request, response) => {
  if (request.url === pulsePath) return void response.writeHead(beat()).end()
  const index = Number(request.url?.slice(1))
  const endpoint = endpoints[index]
  if (endpoint === undefined) return void response.writeHead(404).end()
  const now = Date.now()
  endpoint.count += 1
  const status = (mood(index, endpoint, now) ? isFailing.from : 210) + (endpoint.count % 90)
  answers.endpoints.push(index)
  answers.statuses.push(status)
  answers.times.push(now)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
})
server.keepAliveTimeout = 60_000
server.on('connection', (socket) => {
  open += 1
  socket.on('error', () => {})
  socket.on('close', () => {
    open -= 1
    if (open === 0) onQuiet()
  })
})

const drain = () => {
  process.send?.({ type: 'answers', answers })
  answers = { endpoints: [], statuses: [], times: [] }
}

process.on('message', (message) => {
  const type = targetMessage(message)
  if (type !== 'drain') phase = type
  // Answers to a process that is gone can still be on their way.
  else if (open === 0) drain()
  else
    onQuiet = () => {
      onQuiet = () => {}
      drain()
    }
})
process.once('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ type: 'listening', port: address !== null && typeof address === 'object' ? address.port : 0 })
})
