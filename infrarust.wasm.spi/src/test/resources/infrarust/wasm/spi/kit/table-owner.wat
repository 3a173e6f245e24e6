;; Its table is filled by another module, whose types have other numbers.
(module
  (type $none (func))
  (type $wide (func (param i64) (result i64)))
  (type $taken (func (param i32) (result i32)))
  (table (export "t") 2 funcref)
  (func (export "call") (param i32 i32) (result i32)
    (call_indirect (type $taken) (local.get 1) (local.get 0))))
