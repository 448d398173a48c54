import { fork } from 'node:child_process'

/** Starts one of `workers/` in a process of its own; it ends with this one at the latest. */
export function startWorker(name, options = {}) {
  const child = fork(new URL(`workers/${name}.js`, import.meta.url), [JSON.stringify(options)])
  const waiting = new Map()
  let asked = 0
  child.on('message', ({ id, value, error }) => {
    const { resolve, reject } = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) resolve(value)
    else reject(new Error(`${name}: ${error}`))
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  ended.then((code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the process ${name} ended with ${code}`))
  })
  return {
    ask(question, ...args) {
      asked += 1
      const id = asked
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        child.send({ id, name: question, args })
      })
    },
    stop() {
      child.kill('SIGKILL')
      return ended
    },
  }
}
