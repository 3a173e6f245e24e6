;; Fills the table of tags-caller.wat.
(module
  (import "a" "throw" (func (param i32)))
  (import "a" "table" (table 1 1 funcref))
  (elem (i32.const 0) func 0))
