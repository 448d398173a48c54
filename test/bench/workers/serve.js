/** Answers what the parent asks, by name, and ends with it. */
export function serve(handlers) {
  process.on('message', async ({ id, name, args }) => {
    try {
      process.send({ id, value: await handlers[name](...args) })
    } catch (error) {
      process.send({ id, error: error.stack })
    }
  })
  process.once('disconnect', () => process.exit(0))
}
