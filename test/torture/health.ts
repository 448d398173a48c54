import { eventually } from '../support/program.ts'

interface Health {
  readonly degraded?: readonly { readonly part: string; readonly reason: string }[]
}

/** Waits, for half a minute at most, until a part of the monitor says of itself that it is, or is no longer, troubled. */
export async function untilDegraded(url: string, part: string, degraded: boolean): Promise<void> {
  await eventually(
    async () => {
      const health: Health = await (await fetch(`${url}/health`)).json()
      return (health.degraded?.some((one) => one.part === part) ?? false) === degraded
    },
    { tries: 1_200 },
  )
}
