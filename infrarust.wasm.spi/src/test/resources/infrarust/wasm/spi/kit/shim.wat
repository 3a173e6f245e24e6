;; A trampoline table as wit-component emits it.
(module
  (table (export "$imports") 1 1 funcref)
  (func (export "0") (param i32) (result i32)
    (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))
