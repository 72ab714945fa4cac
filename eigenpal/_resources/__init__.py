"""What is added by hand to the generated resources. `sync_*` modules are written from `async_*` by tools/unasync."""
