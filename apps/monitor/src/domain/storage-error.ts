/** Why the store could not do something. Nothing was changed. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  /** May go away by itself (disk full, database locked): keep what was to be written, and try again. */
  readonly transient: boolean

  constructor(message: string, { cause, transient }: { readonly cause?: unknown; readonly transient: boolean }) {
    super(message, { cause })
    this.transient = transient
  }
}
