;; Fills the shim's table with an import.
(module
  (import "" "0" (func (param i32) (result i32)))
  (import "" "$imports" (table 1 1 funcref))
  (elem (i32.const 0) func 0))
