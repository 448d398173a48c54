import { z } from 'zod'
import { configSchema } from './schema.ts'

/** The configuration as a JSON Schema, for editors: `# yaml-language-server: $schema=schema.json`. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any', target: 'draft-7' })
  return {
    ...schema,
    title: 'Vedette configuration',
    // Keys that begin with x- are for the operator, for example to hold anchors.
    patternProperties: { '^x-': {} },
  }
}

/** The same as text. Short lists stand on one line. */
export function configJsonSchemaText(): string {
  const text = JSON.stringify(configJsonSchema(), undefined, 2)
  return `${text.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${items.replace(/\s*\n\s*/g, ' ')}]`)}\n`
}
