/** The user info of a url as the value of an `Authorization` header: https://www.rfc-editor.org/rfc/rfc7617#section-2 */
export function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  const credentials = `${unescaped(username)}:${unescaped(password)}`
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What is wrong with a url, and what to write instead. */
export function urlProblem(url: string): string | undefined {
  return URL.canParse(url) ? undefined : 'not a valid url: write something like https://example.org/path'
}
