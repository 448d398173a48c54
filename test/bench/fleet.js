const conditions = ['[STATUS] == 200', '[BODY].status == UP', '[RESPONSE_TIME] < 1000']

const groups = 20

/** The configuration of endpoint `index`; `settings` are added to it. */
export const endpointOf = (index, url, interval, settings = {}) => ({
  name: `endpoint-${index}`,
  group: `group-${index % groups}`,
  url,
  interval,
  conditions,
  ...settings,
})

export const keyOf = (index) => `group-${index % groups}_endpoint-${index}`

export const indexOf = (key) => Number(key.slice(key.lastIndexOf('-') + 1))

/** Endpoints that answer at once. */
export const instant = (origin, count, interval, settings) =>
  Array.from({ length: count }, (_, index) => endpointOf(index, `${origin}/health/${index}`, interval, settings))

/** Endpoints numbered from `first` that answer after a delay. */
export const delayed = (origin, count, interval, { first, delayMs }) =>
  Array.from({ length: count }, (_, i) => first + i).map((index) =>
    endpointOf(index, `${origin}/after/${delayMs}/${index}`, interval),
  )
