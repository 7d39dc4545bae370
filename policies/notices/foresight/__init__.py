"""What will happen: everything that announcing a draft would do, shown before anybody does it."""
