-- The list of all rates of a metal, newest first: the series' index has the purity in between.
CREATE UNIQUE INDEX metal_prices_newest ON metal_prices (shop_id, metal, day DESC, position DESC, place DESC);
