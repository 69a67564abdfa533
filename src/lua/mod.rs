//! A plain Lua 5.1 that knows nothing of Redis.
