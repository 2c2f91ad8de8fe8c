import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api.ts'
import { App, loadFirst } from './app.tsx'
import { loadTheRest } from './later.tsx'
import { followChanges } from './live.ts'
import { keepDropsOut } from './ui/no-drop.ts'
import { guardBackButton } from './ui/unsaved.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root".')
// Before the first question, so that no change between an answer and the first wait is missed.
followChanges(queries)
guardBackButton()
keepDropsOut()
await loadFirst(window.location.pathname)
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
requestIdleCallback(() => void loadTheRest())
