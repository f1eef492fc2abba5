"""The worker's pages: a phone, big type, plain words, nothing needed but HTML."""
