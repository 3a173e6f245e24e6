(module (func unreachable) (start 0))
