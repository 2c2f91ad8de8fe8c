import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { api, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { keyRule } from './field-rules.ts'
import { TextField } from './text-field.tsx'

/** A new API key for a tenant; links and history stay. */
export function ReplaceKey({ tenantId }: { tenantId: number }) {
  const notices = useNotices()
  const [isOpen, setOpen] = useState(false)
  const form = useForm({ defaultValues: { key: '' } })
  const setKey = useCommand((key: string) => api.tenants.setKey.mutate({ id: tenantId, key }))
  const onSave = form.handleSubmit(async ({ key }) => {
    const saved = notices.tell(await setKey.run(key.trim()), 'The new key is stored.')
    if (saved.ok) setOpen(false)
  })
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(_, { open }) => {
        form.reset()
        setOpen(open)
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button size="small">Replace key</Button>
      </DialogTrigger>
      <DialogSurface>
        <form onSubmit={onSave} noValidate>
          <DialogBody>
            <DialogTitle>Replace the API key</DialogTitle>
            <DialogContent>
              <TextField
                control={form.control}
                name="key"
                label="New API key"
                type="password"
                rule={keyRule}
                isRequired
                hint="The old key is forgotten. Links to Halo, runs and settings stay."
              />
            </DialogContent>
            <DialogActions>
              <DialogTrigger disableButtonEnhancement>
                <Button>Cancel</Button>
              </DialogTrigger>
              <Button type="submit" appearance="primary" disabled={setKey.isBusy}>
                Store the new key
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
