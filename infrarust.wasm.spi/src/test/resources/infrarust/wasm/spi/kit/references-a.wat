;; Gives references to its functions away, in every way there is. $own has the number that $other has in references-b.
(module
  (type $number (func (result i32)))
  (func $own (type $number) (i32.const 1))
  (func $second (type $number) (i32.const 2))
  (table (export "table") 4 funcref)
  (global (export "constant") funcref (ref.func $own))
  (global (export "variable") (mut funcref) (ref.null func))
  (elem (table 0) (i32.const 1) func $own $second)
  (func (export "set-variable") (global.set 1 (ref.func $second)))
  (func (export "give") (result funcref) (ref.func $own))
  (func (export "take") (param funcref) (table.set 0 (i32.const 3) (local.get 0)))
  (func (export "call") (param i32) (result i32) (call_indirect (type $number) (local.get 0))))
