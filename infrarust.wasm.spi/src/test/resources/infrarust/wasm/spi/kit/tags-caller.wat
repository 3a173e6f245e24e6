;; Calls through a table that another instance fills later.
(module
  (table (export "table") 1 1 funcref)
  (func (export "throw") (param i32) (call_indirect (param i32) (local.get 0) (i32.const 0))))
