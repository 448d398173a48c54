import type { ChildProcess } from 'node:child_process'

const children = new Set<ChildProcess>()

/** Has a process end no later than the scenario that started it. */
export function own<T extends ChildProcess>(child: T): T {
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

export function endChildren(): void {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
}
