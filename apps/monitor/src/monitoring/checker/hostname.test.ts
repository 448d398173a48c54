import { expect, test } from 'vitest'
import { targetOf } from '../../../../../test/support/target.ts'
import { hostnameOf, portOf } from './hostname.ts'

test.each([
  ['HTTP', 'https://a.org/x', 'a.org', undefined],
  ['HTTP', 'https://jo:pw@A.org:80?x', 'A.org', '80'],
  ['TCP', 'tcp://[2001:db8::1]:80', '2001:db8::1', '80'],
  ['GRPC', 'grpcs://a:443/x.Y', 'a', '443'],
  ['ICMP', 'icmp://2001:db8::1', '2001:db8::1', undefined],
  ['DNS', '8.8.8.8:53', '8.8.8.8', undefined],
  ['DNS', '8.8.8.8:5353', '8.8.8.8:5353', undefined],
  ['HTTP', 'nonsense', '', undefined],
] as const)('%s %s is on host %s, port %s', (type, url, hostname, port) => {
  const target = targetOf({ type, url })

  expect(hostnameOf(target)).toBe(hostname)
  expect(portOf(target)).toBe(port)
})
