"""How good sayso is, measured: `python -m evaluation NAME [--data FILE …] [--json]`, and the floors that must hold."""
