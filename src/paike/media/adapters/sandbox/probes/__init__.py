"""What is measured while a film is decoded once: each probe sees every picture or hears every
stretch of sound, and ends with plain values of `media.rules.measured`."""
