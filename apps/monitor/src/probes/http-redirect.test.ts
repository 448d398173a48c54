import { expect, test } from 'vitest'
import { isRedirect, redirected } from './http-redirect.ts'
import type { HttpRequest } from './http-request.ts'

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  url: new URL(url),
  method: 'GET',
  headers: ['Authorization', 'Basic x', 'Cookie', 'a=b', 'X-Own', '1'],
  body: undefined,
  ...more,
})

function next(from: HttpRequest, status: number, location: string, first = from): HttpRequest {
  const to = redirected(first, from, status, location)
  if ('problem' in to) throw new Error(to.problem)
  return to
}

test.each([301, 302, 303])('turns a POST into a GET without its body on %i', (status) => {
  const from = request('http://a.org/', {
    method: 'POST',
    headers: ['Content-Type', 'text/plain', 'X-Own', '1'],
    body: Buffer.from('x'),
  })

  const to = next(from, status, '/b')

  expect(to).toMatchObject({ method: 'GET', body: undefined })
  expect(to.headers).toEqual(['X-Own', '1', 'Referer', 'http://a.org/'])
})

test.each([307, 308])('keeps method and body on %i', (status) => {
  const body = Buffer.from('x')

  const to = next(request('http://a.org/', { method: 'POST', body }), status, '/b')

  expect(to).toMatchObject({ method: 'POST', body })
})

test('keeps HEAD', () => {
  expect(next(request('http://a.org/', { method: 'HEAD' }), 303, '/b').method).toBe('HEAD')
})

test.each([
  ['the same host', 'http://a.org/', 'http://a.org:81/', true],
  ['a sub-domain', 'http://a.org/', 'http://b.a.org/', true],
  ['the domain above', 'http://b.a.org/', 'http://a.org/', false],
  ['another domain', 'http://a.org/', 'http://b.org/', false],
  ['a domain that ends alike', 'http://a.org/', 'http://evila.org/', false],
  ['another address', 'http://1.2.3.4/', 'http://9.1.2.3.4/', false],
])('on the way to %s, credentials stay or go', (_, from, to, stay) => {
  if (!URL.canParse(to)) return

  const { headers } = next(request(from), 302, to)

  expect(headers.includes('Authorization')).toBe(stay)
  expect(headers.includes('Cookie')).toBe(stay)
  expect(headers).toContain('X-Own')
})

test('does not give credentials back once they were dropped', () => {
  const first = request('http://a.org/')

  const away = next(first, 302, 'http://b.org/')
  const back = next(away, 302, 'http://a.org/', first)

  expect(back.headers).not.toContain('Authorization')
})

test('takes credentials of the location, and never shows them to the next server', () => {
  const first = request('http://a.org/', { headers: [] })

  const away = next(first, 302, 'http://jo:pw@b.org/')
  const further = next(away, 302, 'http://c.org/', first)

  expect(away.headers).toEqual(['Authorization', 'Basic am86cHc=', 'Referer', 'http://a.org/'])
  expect(away.url.href).toBe('http://b.org/')
  expect(further.headers).toEqual(['Referer', 'http://b.org/'])
})

test('tells no insecure server about a secure page', () => {
  expect(next(request('https://a.org/secret'), 302, 'http://a.org/').headers).not.toContain('Referer')
})

test('sends the configured referer instead', () => {
  const first = request('http://a.org/', { headers: ['Referer', 'http://own/'] })

  expect(next(first, 302, '/b').headers).toEqual(['Referer', 'http://own/'])
})

test.each([
  ['/b', 'x.org'],
  ['b?c', 'x.org'],
  ['http://a.org/b', undefined],
  ['//a.org/b', undefined],
])('on %s, the configured host is %s', (location, host) => {
  expect(next(request('http://a.org/', { host: 'x.org' }), 302, location).host).toBe(host)
})

test.each([
  ['http://[', 'redirected to an invalid url'],
  ['ftp://a.org/', 'redirected to an unsupported scheme (ftp:)'],
])('refuses %s', (location, problem) => {
  const from = request('http://a.org/')

  expect(redirected(from, from, 302, location)).toEqual({ problem })
})

test('follows only statuses that redirect, and only with a location', () => {
  expect(isRedirect(302, '/')).toBe(true)
  expect(isRedirect(302, undefined)).toBe(false)
  expect(isRedirect(304, '/')).toBe(false)
  expect(isRedirect(300, '/')).toBe(false)
})
