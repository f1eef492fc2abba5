"""Beyond one machine: the same engine, sharded by county, with an exchange along the borders."""
