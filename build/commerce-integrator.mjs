#!/usr/bin/env node
// The command `commerce-integrator` of a checkout: starts main/cli.ts on the pinned Node, whatever Node the machine has.
import { startPinned } from './run.mjs'

startPinned('main/cli.ts', process.argv.slice(2))
