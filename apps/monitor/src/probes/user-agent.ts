import packageJson from '../../package.json' with { type: 'json' }

/** What we call ourselves to endpoints, unless their configuration says otherwise. */
export const userAgent = `Vedette/${packageJson.version}`
