/** The sections of the document, in the order in which a shop meets them, and what each is about. */
export const TAGS: Readonly<Record<string, string>> = {
  'Sign-in': 'Accounts of the people who use the shop, and their sessions',
  'Set-up': 'The first admin of an empty shop',
  Products: 'The catalogue: drafts, publishing, prices with their working',
  Uploads: 'Pictures of pieces',
  Customers: 'Who buys here',
  Khata: 'The credit ledger: entries, balances, statements',
  Sales: 'Sales at the counter',
  Orders: 'Orders, their status and payments',
  Prices: 'Board rates of gold, silver and platinum, prices of diamonds',
  Analytics: 'How the business goes; docs/metrics.md defines each number',
  Predictions: 'What gold and diamonds may cost',
  Accounts: 'The people who use the shop, for the owner',
  Settings: 'How the shop calculates and what it allows',
  Journal: 'Everything that was changed, by whom and when',
  Live: 'What happens, the moment it happens',
  Health: 'Whether all is well, and this document',
};
