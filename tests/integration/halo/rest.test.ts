import {
  arrangesGroups,
  conformsAsDestination,
  makesOrders,
  takesSheets,
  undoesImports,
} from './conformance.ts'
import { changesQuotes } from './quote-changes.ts'
import { restWorld } from './rest-world.ts'
import { takesOver } from './take-over.ts'

conformsAsDestination('The REST API', () => restWorld())
conformsAsDestination('The REST API without reports, lists thin and under other keys', () =>
  restWorld({ reports: 'forbidden', hasThinLists: true, listShape: 'other-key', postAnswer: 'keyed' }),
)
conformsAsDestination('The REST API with bare lists, answering for the first record alone', () =>
  restWorld({ reports: 'broken', listShape: 'bare', postAnswer: 'first' }),
)
conformsAsDestination('The REST API of a Halo that lacks newer columns', () =>
  restWorld({
    lacksColumns: ['qdtax_rate', 'SPhoneNumber', 'Isupplier', 'axerotaxnumber'],
    errorShape: 'exception',
  }),
)
takesSheets('The REST API', () => restWorld())
undoesImports('The REST API', () => restWorld())
arrangesGroups('The REST API', () => restWorld())
takesSheets('The REST API without reports, lists thin, answering for the first record alone', () =>
  restWorld({ reports: 'forbidden', hasThinLists: true, postAnswer: 'first' }),
)
makesOrders('The REST API', () => restWorld())
makesOrders('The REST API without reports, lists thin, answering for the first record alone', () =>
  restWorld({ reports: 'forbidden', hasThinLists: true, postAnswer: 'first' }),
)
changesQuotes('The REST API', () => restWorld())
changesQuotes('The REST API with a search that works, bare lists, thin ones', () =>
  restWorld({ ignoresSearch: false, listShape: 'bare', hasThinLists: true, postAnswer: 'first' }),
)
takesOver('The REST API', () => restWorld())
takesOver('The REST API without reports', () => restWorld({ reports: 'forbidden', hasThinLists: true }))
