(module (table 1 funcref) (elem (i32.const 1) func 0) (func))
