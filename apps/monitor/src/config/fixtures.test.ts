import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Issue } from './issues.ts'
import { ConfigError, formatIssue } from './issues.ts'
import { loadConfig } from './load.ts'

const fixtures = fileURLToPath(new URL('../../../../test/fixtures/configs/', import.meta.url))

const env = { FIXTURE_TOKEN_FILE: 'no-such-file', FIXTURE_PASSWORD: 'hunter2' }

const shown = (issues: readonly Issue[]): string =>
  issues.map((issue) => `${issue.severity}: ${formatIssue(issue)}\n`).join('')

function outcome(folder: string, path: string): { valid: boolean; text: string } {
  try {
    return { valid: true, text: shown(loadConfig({ path, env, workingFolder: `${fixtures}${folder}` }).warnings) }
  } catch (error) {
    if (error instanceof ConfigError) return { valid: false, text: shown(error.issues) }
    throw error
  }
}

const filesIn = (folder: string) => readdirSync(`${fixtures}${folder}`).filter((name) => name.endsWith('.yaml'))

describe.each([
  ['invalid', false],
  ['valid', true],
])('%s fixtures', (folder, valid) => {
  test.each(filesIn(folder))('%s says what stands beside it', async (name) => {
    const { text, valid: isValid } = outcome(folder, name)

    await expect(text).toMatchFileSnapshot(`${fixtures}${folder}/${name.replace(/\.yaml$/, '.txt')}`)
    expect(isValid).toBe(valid)
    expect(text).not.toContain('hunter2')
  })
})
