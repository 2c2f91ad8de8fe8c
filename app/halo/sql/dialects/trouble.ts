import type { Fault } from '../../../model/fault.ts'

/** A fault on its way out of a driver's callback, where only an error can travel. */
export class Trouble extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}
