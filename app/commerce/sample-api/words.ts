/** The raw matter of invented records. Nobody and nothing in here is real; mail addresses end in the reserved ".example". */
type Words = readonly [string, ...string[]]

export const companyFirst: Words = [
  'Aldermoor',
  'Björkö',
  'Brightwater',
  'Cedarline',
  'Dunmore & Pike',
  'Élan',
  'Fernhill',
  'Gębica',
  'Harrowgate',
  'Iris',
  'Jökull',
  'Kestrel',
  'Larchfield',
  "O'Malley",
  'Müller-Groß',
  'Northquay',
  'Ολυμπία',
  'Peñalver',
  'Quillstone',
  'さくら',
  'Ševčík',
  'Tamarind',
  'Umbria',
  'Vesterby',
  'Willowbank',
  'Žito',
]
export const companyLast: Words = [
  'Dental',
  'Logistics Ltd',
  'Architects',
  'Bakeries GmbH',
  'Legal LLP',
  'Primary School',
  'Engineering Pty Ltd',
  'Veterinary Group',
  'Foods A/S',
  'Housing Association',
  'Print & Sign',
  'Accounting, Inc.',
  '株式会社',
  'Sp. z o.o.',
  'Charity "Open Door"',
  'Motors <North>',
]
export const firstNames: Words = [
  'Ada',
  'Bjørn',
  'Chloë',
  'Dmitri',
  'Elżbieta',
  'Fatima',
  'George',
  'Hiroshi',
  'Ingrid',
  'José',
  'Κώστας',
  'Liam',
  'Maja',
  'Nikhil',
  'Orla',
  'Priya',
  'Renée',
  'Sam',
  'Tomáš',
  'Yuki',
]
export const lastNames: Words = [
  'Ahlgren',
  'Brown',
  'Čapek',
  'Doyle',
  'Eze',
  'Fischer',
  'García',
  'Haddad',
  'Ito',
  'Jensen',
  "d'Arcy",
  'Kowalski',
  'Lindqvist',
  'Moreau',
  'Ní Bhriain',
  'Okafor',
  'Smith-Jones',
  'Παππάς',
  'van der Berg',
  '山田',
]
export const streets: Words = [
  'High Street',
  'Station Road',
  'Hauptstraße',
  'Rue de la Gare',
  'Storgatan',
  'Quay Lane',
  'Ulica Długa',
  'Harbour View',
  'Mill Road',
]

export type Place = {
  readonly city: string
  readonly state: string | null
  readonly country: string
  readonly postalCode: string
  /** Percent. */
  readonly taxRate: number
}
const place = (
  city: string,
  state: string | null,
  country: string,
  postalCode: string,
  taxRate: number,
): Place => ({
  city,
  state,
  country,
  postalCode,
  taxRate,
})
export const places: readonly [Place, ...Place[]] = [
  place('Leeds', 'West Yorkshire', 'United Kingdom', 'LS1 4AP', 20),
  place('Bristol', null, 'United Kingdom', 'BS1 5TR', 20),
  place('Dublin', 'Co. Dublin', 'Ireland', 'D02 X285', 23),
  place('München', 'Bayern', 'Germany', '80331', 19),
  place('Łódź', null, 'Poland', '90-001', 23),
  place('København', null, 'Denmark', '1050', 25),
  place('Melbourne', 'VIC', 'Australia', '3000', 10),
  place('Wellington', null, 'New Zealand', '6011', 15),
  place('Austin', 'TX', 'United States', '78701', 8.25),
  place('Montréal', 'QC', 'Canada', 'H2Y 1C6', 14.975),
  place('Αθήνα', null, 'Greece', '105 57', 24),
  place('東京', null, 'Japan', '100-0001', 10),
  place('Hamilton', null, 'Bermuda', 'HM 11', 0),
]

/** Name and position of the parent in this list; null for a root. */
export const categories: readonly (readonly [string, number | null])[] = [
  ['Hardware', null],
  ['Laptops', 0],
  ['Desktops', 0],
  ['Servers', 0],
  ['Networking', 0],
  ['Switches', 4],
  ['Wireless', 4],
  ['Software', null],
  ['Cloud licences', 7],
  ['Security & back-up', 7],
  ['Services', null],
  ['Managed support', 10],
  ['Projects', 10],
  ['Telephony', null],
  ['Handsets', 13],
  ['Zubehör / Accessories', null],
]
export const brandNames: Words = [
  'Ardent',
  'Bluefern',
  'Corvid',
  'Delta Nine',
  'Ekko',
  'Fjord',
  'Granite',
  'Hálfdan',
  'Ion',
  'Juno',
]
export const supplierNames: Words = [
  'Amber Distribution',
  'Broadway Wholesale',
  'Central Trade',
  'Nordic IT Supply',
]
export const warehouseNames: Words = ['Main warehouse', 'Workshop', 'Van stock']
export const sectionTitles: Words = [
  'Hardware',
  'Licences',
  'Optional extras',
  'Choose your package',
  'Année 1',
  'Phase 2 – roll-out',
]
export const labourTitles: Words = [
  'Installation on site',
  'Project management',
  'Cabling, per hour',
  'Migration & training',
]
export const quoteTitles: Words = [
  'Office refresh',
  'New starter kit',
  'Firewall replacement',
  'Microsoft 365 migration',
  'Server room 2.0',
  'Wi-Fi für alle Etagen',
  'Back-up & recovery',
  'Umzug nach Łódź 🚚',
  '"Quick" fix <urgent>',
]
/** Descriptions as people paste them into a web editor; the script is there to be shown as text and never run. */
export const descriptions: readonly [string, ...string[]] = [
  '<p>Includes delivery &amp; set-up.</p>',
  '<ul><li>16&nbsp;GB memory</li><li>512&nbsp;GB disk</li></ul>',
  'Plain text, two lines\r\nno markup at all',
  '<p style="color:#c00"><strong>Limited offer</strong><br>ends soon &ndash; 5&nbsp;% off</p>',
  '<div>Größe: 13,3&quot; – schön &lt;leise&gt;</div>',
  '<p>Note</p><script>alert("sample")</script>',
  '',
]
