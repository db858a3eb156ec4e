// Who may call what, written down here on its own: `make prove` compares the program with it, `npm run test:proof` the
// agreed document (server/test/openapi.json), and a route that is not in it fails. Not derived from the program on
// purpose: whoever opens a route must say so twice.

/** `public`, `signed-in` (any account) or the permission. */
export const POLICY: Readonly<Record<string, string>> = parsePolicy(`
public              GET /
public              GET /api/health
public              GET /api/health/live
public              GET /api/health/ready
public              GET /api/openapi.json
public              GET /api/metrics
public              POST /api/auth/login
signed-in           GET /api/auth/me
public              POST /api/auth/refresh
public              POST /api/auth/logout
signed-in           POST /api/auth/change-password
users.manage        POST /api/auth/register
public              POST /api/auth/signup
signed-in           GET /api/auth/sessions
signed-in           DELETE /api/auth/sessions
signed-in           DELETE /api/auth/sessions/{id}
signed-in           GET /api/auth/me/preferences
signed-in           PUT /api/auth/me/preferences
signed-in           POST /api/auth/totp/enrol
signed-in           POST /api/auth/totp/confirm
signed-in           POST /api/auth/totp/recovery-codes
signed-in           POST /api/auth/totp/switch-off
users.manage        DELETE /api/users/{id}/totp
users.manage        GET /api/users
users.manage        PUT /api/users/{id}
signed-in           POST /api/tickets
public              GET /api/setup
public              POST /api/setup
public              GET /api/products
catalogue.write     POST /api/products
catalogue.read_drafts GET /api/products/admin
public              GET /api/products/categories
public              GET /api/products/{id}
catalogue.write     PUT /api/products/{id}
catalogue.write     DELETE /api/products/{id}
public              GET /api/products/{id}/price
catalogue.write     POST /api/products/price
catalogue.write     POST /api/products/bulk
catalogue.write     POST /api/products/{id}/restore
catalogue.publish   POST /api/products/{id}/publish
catalogue.publish   POST /api/products/{id}/unpublish
catalogue.write     POST /api/uploads/image
catalogue.write     DELETE /api/uploads/image/{filename}
public              GET /uploads/products/{filename}
customers.read      GET /api/customers
customers.write     POST /api/customers
customers.read      GET /api/customers/search
customers.read      GET /api/customers/{id}
customers.read      GET /api/customers/{id}/cash
customers.write     PUT /api/customers/{id}
customers.write     DELETE /api/customers/{id}
customers.write     POST /api/customers/{id}/restore
khata.read          GET /api/customers/{id}/khata
khata.read          GET /api/customers/{id}/khata/statement
khata.read          GET /api/customers/{id}/khata/ageing
khata.post          POST /api/khata/transactions
khata.read          GET /api/khata/transactions
khata.read          GET /api/khata/summary
khata.reverse       POST /api/khata/transactions/{id}/reverse
sales.read          GET /api/sales
sales.write         POST /api/sales
sales.read          GET /api/sales/{id}
orders.read         GET /api/orders
orders.write        POST /api/orders
orders.read         GET /api/orders/statistics
orders.read         GET /api/orders/customer/{customerId}
orders.read         GET /api/orders/{id}
orders.write        PUT /api/orders/{id}/status
orders.write        PUT /api/orders/{id}/payment-status
orders.write        PUT /api/orders/{id}/notes
prices.set          POST /api/prices/gold
public              GET /api/prices/gold/history
public              GET /api/prices/gold/latest
public              GET /api/prices/gold/current
prices.set          POST /api/prices/gold/{id}/confirm
prices.set          POST /api/prices/silver
public              GET /api/prices/silver/history
public              GET /api/prices/silver/latest
public              GET /api/prices/silver/current
prices.set          POST /api/prices/silver/{id}/confirm
prices.set          POST /api/prices/platinum
public              GET /api/prices/platinum/history
public              GET /api/prices/platinum/latest
public              GET /api/prices/platinum/current
prices.set          POST /api/prices/platinum/{id}/confirm
prices.set          POST /api/prices/diamond
public              GET /api/prices/diamond/history
public              POST /api/predictions/gold
public              GET /api/predictions/gold/fan
public              POST /api/predictions/diamond
public              POST /api/predictions/diamond/batch
public              GET /api/predictions/trends
predictions.train   POST /api/predictions/retrain
public              GET /api/predictions/status
public              GET /api/predictions/models
public              GET /api/predictions/scoreboard
predictions.train   GET /api/predictions/models/earlier
predictions.train   POST /api/predictions/models/rollback
predictions.train   GET /api/predictions/jobs
predictions.train   GET /api/predictions/jobs/{id}
predictions.train   POST /api/predictions/jobs/{id}/cancel
analytics.read      GET /api/analytics/dashboard
analytics.read      GET /api/analytics/sales-trend
analytics.read      GET /api/analytics/enhanced-metrics
analytics.read      GET /api/analytics/sales
analytics.read      GET /api/analytics/orders
analytics.read      GET /api/analytics/today
analytics.read      GET /api/analytics/revenue
analytics.read      GET /api/analytics/order-value
analytics.read      GET /api/analytics/conversion
analytics.read      GET /api/analytics/top-products
analytics.read      GET /api/analytics/customers
analytics.read      GET /api/analytics/busy-hours
analytics.read      GET /api/analytics/money-in
analytics.read      GET /api/analytics/khata-ageing
analytics.read      GET /api/analytics/stock-ageing
analytics.read      GET /api/analytics/gold
settings.read       GET /api/settings
settings.write      PUT /api/settings
journal.read        GET /api/journal
signed-in           GET /api/events
journal.read        GET /api/backups
journal.read        GET /api/backups/archives
backups.make        POST /api/backups
export.all          GET /api/export/all
`);

function parsePolicy(text: string): Record<string, string> {
  const lines = text.trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [access = '', method, path] = line.split(/\s+/);
      return [`${method} ${path}`, access];
    }),
  );
}
