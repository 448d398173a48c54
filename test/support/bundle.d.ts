export function bundle(input: Readonly<Record<string, string>>, outDir: string): Promise<unknown>
