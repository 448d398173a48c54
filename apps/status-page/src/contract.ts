/** The models this page shows are the monitor's; only types cross. */
export type * from '../../monitor/src/api/contract.ts'
