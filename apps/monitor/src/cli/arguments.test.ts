import { expect, test } from 'vitest'
import { parseArguments, UsageError } from './arguments.ts'

test.each([
  [[], { name: 'run' }],
  [['--help'], { name: 'help' }],
  [['validate', '--strict'], { name: 'validate', strict: true }],
  [['health'], { name: 'health', url: undefined }],
  [['alert', 'test', 'slack', '--group', 'core'], { name: 'alert test', provider: 'slack', group: 'core' }],
])('%j asks for %j', (args, command) => {
  expect(parseArguments(args).command).toEqual(command)
})

test('takes the configuration from --config', () => {
  expect(parseArguments(['--config', 'there.yaml']).configPath).toBe('there.yaml')
})

test.each([[['--confg', 'x']], [['valdate']], [['alert', 'test']], [['alert', 'test', 'slack', 'discord']]])(
  'rejects %j',
  (args) => {
    expect(() => parseArguments(args)).toThrow(UsageError)
  },
)
