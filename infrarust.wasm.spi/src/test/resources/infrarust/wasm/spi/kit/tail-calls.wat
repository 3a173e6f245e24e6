(module
  (type $count (func (param i32) (result i32)))
  (table funcref (elem $even $odd))
  (func $even (export "even") (type $count)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
    (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
  (func $odd (type $count)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (return_call_indirect (type $count) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))
