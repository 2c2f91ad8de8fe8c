import type { HaloCustomer } from '../../../app/model/halo.ts'
import type { RecordView } from '../../api.ts'
import { Panel, Section } from '../../ui/page.tsx'
import css from './record.module.css'

/** Whom and where: what Halo gets as contacts, and the addresses that Commerce has besides. */
export function CustomerPart({
  mapped,
  addresses,
}: {
  mapped: HaloCustomer
  addresses: RecordView['addresses']
}) {
  return (
    <>
      <Section title="Contacts">
        <ul className={css.people}>
          {mapped.contacts.map((contact) => (
            <li key={`${contact.commerceId} ${contact.email} ${contact.name}`}>
              <Panel>
                <strong>{contact.name}</strong>
                <Lines of={[contact.email, contact.phone, contact.mobile]} />
                {contact.commerceId === null && (
                  <p className="quiet">Made by the sync: a customer without a contact gets one in Halo.</p>
                )}
              </Panel>
            </li>
          ))}
        </ul>
      </Section>
      {addresses.length > 0 && (
        <Section title="Addresses in Commerce">
          <ul className={css.people}>
            {addresses.map((address) => (
              <li key={address.id}>
                <Panel>
                  <strong>{address.contactName || 'Address'}</strong>
                  <Lines
                    of={[
                      address.address,
                      `${address.postalCode} ${address.city}`.trim(),
                      address.state,
                      address.country,
                      address.deliveryInstruction,
                    ]}
                  />
                </Panel>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Lines({ of }: { of: readonly string[] }) {
  return of
    .filter((line) => line !== '')
    .map((line) => (
      <p key={line} style={{ overflowWrap: 'anywhere' }}>
        {line}
      </p>
    ))
}
