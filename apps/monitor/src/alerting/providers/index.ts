import { custom } from './custom.ts'
import type { AlertProvider } from './define.ts'
import { discord } from './discord.ts'
import { slack } from './slack.ts'
import { webhook } from './webhook.ts'

/** Every provider, by its type. */
export const providers = { custom, discord, slack, webhook } as const satisfies Readonly<Record<string, AlertProvider>>
