const bytes = Buffer.from([0, 255, 13, 10]);

export default [
  ["eval", "return {1, 2.9, 'x', false, true, {ok = 'fine'}, {err = 'ERR mine'}}", 0], ["eval", "return {KEYS, ARGV}", 2, "a", "b", "c", 1],
  ["eval", "return redis.call('SET', KEYS[1], ARGV[1])", 1, "k", "v"], ["eval", "return redis.pcall('LPUSH', KEYS[1], 1)", 1, "k"],
  ["eval", "return redis.call('LPUSH', KEYS[1], 1)", 1, "k"], ["eval", "syntax error", 0], ["eval", "return 1", -1], ["eval", "return 1", 5],
  ["eval", "return cjson.encode({a = {1, 2}, b = 'x'})", 0], ["eval", "return cmsgpack.pack({1, 2, 3})", 0], ["evalBuffer", "return ARGV[1]", 0, bytes],
  ["eval", "return struct.pack('>I2', 258)", 0], ["eval", "return bit.band(255, 15)", 0], ["eval", "error('mine')", 0], ["eval", "return redis.sha1hex('')", 0],
  ["eval", "return redis.status_reply('fine')", 0], ["eval", "return redis.error_reply('MINE sentence')", 0], ["eval", "return string.format('%5.2f', 3.14159)", 0],
  ["eval_ro", "return redis.call('GET', KEYS[1])", 1, "k"], ["eval_ro", "return redis.call('SET', KEYS[1], 1)", 1, "k"],
  ["script", "LOAD", "return 'loaded'"], ["evalsha", "f1e5ab8bd4b4ba34cc0e0d2f0f3ff29a4c1c8b1f", 0], ["script", "EXISTS", "f1e5ab8bd4b4ba34cc0e0d2f0f3ff29a4c1c8b1f"],
  ["eval", "return 1", 0], ["evalsha", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0], ["evalsha_ro", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 0],
  ["script", "FLUSH"], ["script", "KILL"], ["script", "NOSUCH"],
  ["function", "LOAD", "#!lua name=lib\nredis.register_function('f', function(keys, args) return {keys, args} end)\nredis.register_function{function_name='r', callback=function(keys) return redis.call('GET', keys[1]) end, flags={'no-writes'}}"],
  ["function", "LOAD", "#!lua name=lib\nredis.register_function('f', function() end)"], ["function", "LOAD", "no library"], ["fcall", "f", 1, "k", "x"],
  ["fcall", "none", 0], ["fcall_ro", "r", 1, "k"], ["fcall_ro", "f", 0], ["function", "DELETE", "none"], ["function", "DELETE", "lib"], ["function", "FLUSH"],
  ["function", "LIST"],
];
