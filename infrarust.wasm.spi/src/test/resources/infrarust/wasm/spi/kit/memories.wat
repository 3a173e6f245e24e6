(module
  (memory (export "one") 1)
  (memory 1 5)
  (table 1 funcref)
  (table 1 5 funcref)
  (func (export "grow-first") (param i32) (result i32) (memory.grow 0 (local.get 0)))
  (func (export "grow-second") (param i32) (result i32) (memory.grow 1 (local.get 0)))
  (func (export "grow-first-table") (param i32) (result i32) (table.grow 0 (ref.null func) (local.get 0)))
  (func (export "grow-second-table") (param i32) (result i32) (table.grow 1 (ref.null func) (local.get 0))))
