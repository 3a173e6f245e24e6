;; Imports a core module and a component, and makes instances of both.
(component
  (import "module" (core module $M (export "answer" (func (result i32)))))
  (import "component" (component $C
    (import "n" (func (result u32)))
    (export "plus-one" (func (result u32)))))
  (core instance $m (instantiate $M))
  (func $answer (result u32) (canon lift (core func $m "answer")))
  (instance $c (instantiate $C (with "n" (func $answer))))
  (export "answer" (func $answer))
  (export "plus-one" (func $c "plus-one")))
