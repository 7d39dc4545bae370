"""Where staff cancel, postpone, correct and withdraw: each on a page that shows what will happen before it does."""
