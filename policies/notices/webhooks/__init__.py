"""Signed messages to other programs (Standard Webhooks 1.0.0): what happened to a version, told to whoever asked for it.

The row is the queue, as in the outbox: a delivery is written with the event, in its transaction, and sent by a worker.
"""
