// All of the library but its plain client (fetch, caches, web sockets, mocks) would only take memory, in megabytes.
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici'
}
