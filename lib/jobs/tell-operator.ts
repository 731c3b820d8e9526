import 'server-only'
import { z } from 'zod'
import { operatorOfShop } from '../watch/operator.ts'
import { tellOperator } from '../watch/tell-operator.ts'
import { defineJob } from './job.ts'

/** Tells the operator that an incident was opened. */
export const tellOperatorJob = defineJob({
  name: 'tell-operator',
  data: z.object({ incidentId: z.uuid(), channel: z.enum(['mail', 'webhook']) }),
  run: async (told, { now }) => ({ ...told, outcome: await tellOperator(told, operatorOfShop(), now) }),
})
