;; Owns what borrower.wat imports.
(module
  (memory (export "memory") 1)
  (global (export "count") (mut i32) (i32.const 1))
  (global (export "fixed") i32 (i32.const 1))
  (tag (export "oops") (param i32))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "multiply") (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1))))
