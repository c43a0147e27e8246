"""python-telegram-bot out: outbox rows become calls."""
