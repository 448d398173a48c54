import { setImmediate as nextTurn } from 'node:timers/promises'

/** So many lines are written at a time, a few milliseconds of work; everything else has its turn between. */
const linesPerTurn = 2_000

/** Samples of one name: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export interface Family<Entry> {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  /** Hands over the samples of one entry, with the labels that they have beyond those of the entry. */
  readonly write: (entry: Entry, sample: (value: number, labels?: string) => void) => void
}

export const isLabelName = (name: string) => /^[A-Za-z_]\w*$/.test(name)

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' }

/** `name="value"`, with a comma between. */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\\n"]/g, (character) => escapes[character] ?? character)}"`)
    .join(',')

/** All families of all entries, in text format 0.0.4. `labelsOf` tells the labels of an entry. */
export async function familiesText<Entry>(
  families: readonly Family<Entry>[],
  entries: () => Iterable<Entry>,
  labelsOf: (entry: Entry) => string,
): Promise<string> {
  const lines: string[] = []
  let restedAt = 0
  for (const { name, help, type, write } of families) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
    for (const entry of entries()) {
      const labels = labelsOf(entry)
      write(entry, (value, more) =>
        lines.push(`${name}{${more === undefined ? labels : `${labels},${more}`}} ${value}`),
      )
      if (lines.length - restedAt < linesPerTurn) continue
      restedAt = lines.length
      await nextTurn()
    }
    lines.push('')
  }
  return lines.join('\n')
}
