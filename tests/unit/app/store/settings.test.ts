import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { tempStore } from './temp-store.ts'

const schema = z.object({ kind: z.enum(['system', 'none']) })

describe('settings', () => {
  it('come back as they were set, and are gone when removed', () => {
    const { settings } = tempStore().store
    expect(settings.get('proxy', schema)).toBeNull()
    settings.set('proxy', { kind: 'system' })
    settings.set('proxy', { kind: 'none' })
    expect(settings.get('proxy', schema)).toEqual({ kind: 'none' })
    settings.remove('proxy')
    expect(settings.get('proxy', schema)).toBeNull()
  })

  it('that no longer fit count as not set, so that the default holds', () => {
    const { settings } = tempStore().store
    settings.set('proxy', { kind: 'carrier pigeon' })
    expect(settings.get('proxy', schema)).toBeNull()
    expect(settings.get('proxy', z.object({ kind: z.string() }))).toEqual({ kind: 'carrier pigeon' })
  })
})
