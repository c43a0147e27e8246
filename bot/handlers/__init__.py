"""aiogram in: updates become use cases."""
