import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { Panel, Section } from '../../ui/page.tsx'
import { chooseLook, looks, useLook } from '../../ui/theme.ts'
import { lookWords } from '../../words.ts'

/** Light, dark or as the system says; kept for this person on this machine, and effective at once. */
export function Appearance() {
  const look = useLook()
  return (
    <Section title="Colours">
      <Panel>
        <Field hint="It holds for you in this browser or desktop alone. Contrast themes of Windows win over all of these.">
          <RadioGroup
            aria-label="Colours"
            value={look}
            onChange={(_, { value }) => chooseLook(looks.find((each) => each === value) ?? 'system')}
          >
            {looks.map((each) => (
              <Radio
                key={each}
                value={each}
                label={`${lookWords[each].word}: ${lookWords[each].means.toLowerCase()}`}
              />
            ))}
          </RadioGroup>
        </Field>
      </Panel>
    </Section>
  )
}
