;; A component for those that import one.
(component
  (import "n" (func $n (result u32)))
  (core func $n' (canon lower (func $n)))
  (core module $Code
    (import "h" "n" (func $n (result i32)))
    (func (export "f") (result i32) (i32.add (call $n) (i32.const 1))))
  (core instance $code (instantiate $Code (with "h" (instance (export "n" (func $n'))))))
  (func (export "plus-one") (result u32) (canon lift (core func $code "f"))))
