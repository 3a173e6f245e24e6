;; Calls what it is told to, and puts its own function into a table of the other.
(module
  (type $down (func (param i32)))
  (import "" "back" (func $back (type $down)))
  (import "" "table" (table 2 funcref))
  (elem (i32.const 1) func $on)
  (func $on (export "on") (type $down) (call $back (local.get 0)) (drop (i32.const 0))))
