export const en = {
  title: 'Search or do anything',
  placeholder: 'A name, a phone, a place, something to do',
  results: 'Results',
  go: 'Go to',
  do: 'Do',
  orders: 'Orders',
  customers: 'Customers',
  nothing: 'Nothing found. Try part of a name or a phone number.',
  searching: 'Searching',
  makeBill: 'Make a bill at the counter',
  addCustomer: 'Add customer',
  switchTheme: 'Switch light and dark',
} as const;
