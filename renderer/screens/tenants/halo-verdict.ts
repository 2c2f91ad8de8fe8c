import { useState } from 'react'
import type { Fault } from '../../../app/model/fault.ts'
import type { HaloTarget } from '../../../app/model/halo-target.ts'
import { type HaloDraft, refusedAtTarget, type WrongHalo, wrongInTarget } from './halo-draft.ts'

/** What is wrong with the draft: shown after the first try, and then at every key. What the engine refused stays until something is typed. */
export function useHaloVerdict(draft: HaloDraft, storedFor: HaloTarget | null) {
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<WrongHalo>({})
  const [refusal, setRefusal] = useState<Fault | null>(null)
  const found = wrongInTarget(draft, storedFor)
  return {
    wrong: { ...refused, ...(isTried ? found : {}) },
    refusal,
    isFine: () => {
      setTried(true)
      setRefusal(null)
      return Object.keys(found).length === 0
    },
    refuse: (fault: Fault) => {
      const at = refusedAtTarget(fault)
      if (at) setRefused(at)
      else setRefusal(fault)
    },
    forget: () => {
      setRefused({})
      setRefusal(null)
    },
  }
}
