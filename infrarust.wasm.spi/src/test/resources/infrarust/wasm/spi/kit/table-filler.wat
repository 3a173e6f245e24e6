;; Fills a table of another module: the first function has the type that is called there, the second has not.
(module
  (type $taken (func (param i32) (result i32)))
  (type $none (func))
  (type $other (func (param i32 i32) (result i32)))
  (import "owner" "t" (table 2 funcref))
  (func $double (type $taken) (i32.mul (local.get 0) (i32.const 2)))
  (func $add (type $other) (i32.add (local.get 0) (local.get 1)))
  (elem (i32.const 0) func $double $add))
