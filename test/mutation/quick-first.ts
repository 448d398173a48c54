import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A mutant is done with at the first test that fails, so what takes long comes last. */
export class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const durationMs = ({ project, moduleId }: TestSpecification) =>
      this.ctx.cache.getFileTestResults(`${project.name}:${relative(this.ctx.config.root, moduleId)}`)?.duration ?? 0
    return files.toSorted((a, b) => durationMs(a) - durationMs(b))
  }
}
